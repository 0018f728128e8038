using System.Collections.Concurrent;
using Kinema.Fleets.Dialects;

namespace Kinema.Fleets.Endpoints;

/// <summary>
/// Where jobs are. A few jobs of a server are asked for one by one; of more, the server's list is read once for all of them, and only those that it does not call under way are
/// asked for.
/// </summary>
internal sealed class JobWatch(IFleetDialect dialect, EndpointPool pool, FleetOptions fleet, TimeProvider timeProvider)
{
    private const int Few = 2;

    private readonly ConcurrentDictionary<Uri, Look> _looks = new();

    public async Task<FleetJobState> LookAsync(FleetJob job, CancellationToken ct)
    {
        if (pool.TakenOf(job.Endpoint) > Few && (await ListAsync(job.Endpoint, ct)).TryGetValue(job.Id, out var phase) && phase is FleetJobPhase.Waiting or FleetJobPhase.Running)
            return new(phase);
        return await dialect.PollAsync(job.Endpoint, job.Id, ct);
    }

    private async Task<IReadOnlyDictionary<string, FleetJobPhase>> ListAsync(Uri endpoint, CancellationToken ct)
    {
        var look = _looks.GetOrAdd(endpoint, _ => new());
        await look.Reading.WaitAsync(ct);
        try
        {
            if (look.Jobs is null || timeProvider.GetElapsedTime(look.At) >= TimeSpan.FromSeconds(fleet.PollSeconds / 2))
                (look.Jobs, look.At) = (await dialect.ListAsync(endpoint, ct), timeProvider.GetTimestamp());
            return look.Jobs;
        }
        finally
        {
            look.Reading.Release();
        }
    }

    /// <summary>Lives as long as the engine: there are as many as servers.</summary>
    private sealed class Look
    {
        public SemaphoreSlim Reading { get; } = new(1);

        public long At { get; set; }

        public IReadOnlyDictionary<string, FleetJobPhase>? Jobs { get; set; }
    }
}
