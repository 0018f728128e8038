using System.Collections.Concurrent;
using Kinema.Fleets.Dialects;

namespace Kinema.Fleets.Endpoints;

/// <summary>
/// Ends jobs that nobody wants any more. Where the server goes on in spite of that, the place stays taken until it has come to its end: the next run would only wait behind it.
/// </summary>
internal sealed class LetGo(IFleetDialect dialect, FleetOptions fleet, TimeProvider timeProvider) : IAsyncDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromHours(2);

    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<Task, bool> _waiting = new();
    private int _isDisposed;

    public void Begin(EndpointPool.Place place)
    {
        var work = Task.Run(() => EndAsync(place, _ended.Token));
        _waiting[work] = true;
        _ = work.ContinueWith(done => _waiting.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        // An engine is registered by two types, and the container disposes of both.
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        await _ended.CancelAsync();
        await Task.WhenAll(_waiting.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task EndAsync(EndpointPool.Place place, CancellationToken ct)
    {
        using (place)
        {
            try
            {
                if (dialect.GoesOnWhenCanceled)
                    await WaitAsync(place, ct);
                await dialect.DeleteAsync(place.Address, place.Job!, ct);
            }
            catch (Exception e) when (e is FleetAwayException or Engines.EngineException or OperationCanceledException)
            {
                // What a server that is away has of it, it has lost or will end by itself.
            }
        }
    }

    private async Task WaitAsync(EndpointPool.Place place, CancellationToken ct)
    {
        var began = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(began) < _longest
            && (await dialect.PollAsync(place.Address, place.Job!, ct)).Phase is FleetJobPhase.Waiting or FleetJobPhase.Running)
        {
            await Task.Delay(TimeSpan.FromSeconds(fleet.PollSeconds), timeProvider, ct);
        }
    }
}
