using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Kinema.Core.Workers;
using Kinema.Worker.Assignments;
using Kinema.Worker.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Remote;

/// <summary>
/// Claims a run for a remote worker and waits a while for one. The worker gets the checked request: no manifest, no key, and no URL.
/// </summary>
internal sealed class ClaimForWorker(
    IRemoteWorkers workers,
    ClaimLoadedFirst claims,
    IWorkSource local,
    IWorkSignal workSignal,
    ICatalog catalog,
    RunMetrics metrics,
    IOptions<RunPolicy> policy,
    IOptions<WorkerOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider)
{
    public async Task<ClaimReply> HandleAsync(RemoteWorker worker, ClaimWork request, CancellationToken ct)
    {
        if (await FindUnansweredAsync(worker, request, ct) is { } unanswered)
            return new(unanswered);

        var began = timeProvider.GetTimestamp();
        while (true)
        {
            var seen = workSignal.Version(SignalTopic.Queue);
            ct.ThrowIfCancellationRequested();

            if (await claims.HandleAsync(worker.Id, request) is { } claim)
            {
                if (await OfferAsync(claim) is { } work)
                    return new(work);
                continue;
            }

            var left = TimeSpan.FromSeconds(request.WaitSeconds) - timeProvider.GetElapsedTime(began);
            if (await workers.FindAsync(worker.Id, ct) is not { Draining: false })
                return new(Drain: true);
            if (left <= TimeSpan.Zero)
                return new();

            var poll = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
            try
            {
                await workSignal.WaitAsync(SignalTopic.Queue, seen, left < poll ? left : poll, either.Token);
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                // The server ends, and does not wait for its waiting workers.
                return new();
            }
        }
    }

    /// <summary>A run that was claimed by a request whose answer was lost.</summary>
    private async Task<OfferedWork?> FindUnansweredAsync(RemoteWorker worker, ClaimWork request, CancellationToken ct)
    {
        var held = request.Holding.ToHashSet();
        foreach (var run in await workers.ListHeldAsync(worker.Id, ct))
        {
            if (!held.Contains(new(run.Attempt.RunId, run.Attempt.Fence)) && await OfferAsync(run) is { } work)
                return work;
        }

        return null;
    }

    /// <returns>Null if the model no longer accepts the run's input: then the run has ended.</returns>
    private async Task<OfferedWork?> OfferAsync(ClaimedRun claim)
    {
        if (RunInputReader.Read(catalog, claim.Run) is not { } input)
        {
            await local.FinishAsync(claim.Attempt, RunInputReader.NoLongerAccepted(claim.Run));
            return null;
        }

        var now = timeProvider.GetUtcNow();
        metrics.Claimed(claim.Run.EngineId, now - claim.Run.CreatedAt);
        return new(
            claim.Attempt.RunId,
            claim.Attempt.Fence,
            claim.AttemptNumber,
            claim.Run.EngineId,
            Milliseconds(now - claim.Run.CreatedAt),
            Milliseconds(claim.Run.DeadlineAt - now),
            AttemptLimits.Of(policy.Value),
            RequestedVideo.From(input.ToRequest()),
            claim.Checkpoint,
            claim.Run.TraceParent);
    }

    private static long Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds);
}
