using System.Collections.Concurrent;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Kinema.Worker.Preparation;
using Kinema.Worker.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Remote;

/// <summary>
/// Fetches and checks the inputs of a run that a remote worker holds: the guard stays here. The work goes on between the worker's questions; what it has
/// stored is not fetched again, so that any question may be repeated, also after a start of the server.
/// </summary>
internal sealed partial class PrepareForWorker(
    HeldRuns held,
    PrepareAttempt prepare,
    IWorkSource local,
    FinishForWorker finish,
    IArtifactStore artifacts,
    ICatalog catalog,
    IOptions<RunPolicy> policy,
    TimeProvider timeProvider,
    ILogger<PrepareForWorker> log)
{
    private readonly ConcurrentDictionary<AttemptRef, Lazy<Preparation>> _preparations = new();

    /// <returns>Null if the worker does not hold the run.</returns>
    public async Task<InputsReply?> HandleAsync(AttemptRef attempt, bool takesPrompt, TimeSpan wait, CancellationToken ct)
    {
        if (await held.FindAsync(attempt, ct) is not { } run)
            return null;

        var preparation = _preparations.GetOrAdd(attempt, _ => new(() => Begin(run, takesPrompt))).Value;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(preparation.Reply, Task.Delay(wait, timeProvider, waiting.Token));
        await waiting.CancelAsync();
        ct.ThrowIfCancellationRequested();
        if (!preparation.Reply.IsCompleted)
            return new(InputsReply.Preparing, []);

        _preparations.TryRemove(attempt, out _);
        return await preparation.Reply;
    }

    /// <summary>Ends the work for an attempt that has ended.</summary>
    public void Stop(AttemptRef attempt)
    {
        if (_preparations.TryRemove(attempt, out var preparation))
            preparation.Value.Attempt.Stop(AttemptStop.FenceLost);
    }

    private Preparation Begin(ClaimedRun run, bool takesPrompt)
    {
        var attempt = new LiveAttempt(run.Attempt, timeProvider);
        return new(attempt, Task.Run(() => PrepareAsync(run, takesPrompt, attempt)));
    }

    private async Task<InputsReply> PrepareAsync(ClaimedRun run, bool takesPrompt, LiveAttempt attempt)
    {
        var ready = new InputsReply(InputsReply.Ready, []);
        if (await FindOutcomeAsync(run, takesPrompt, attempt, prepared => ready = prepared) is { } outcome)
        {
            await finish.HandleAsync(attempt.Ref, outcome);
            return new(InputsReply.Ended, []);
        }

        return attempt.StopReason is null ? ready : new(InputsReply.Ended, []);
    }

    /// <returns>Null if the inputs are ready, or if nothing may be written.</returns>
    private async Task<AttemptOutcome?> FindOutcomeAsync(ClaimedRun run, bool takesPrompt, LiveAttempt attempt, Action<InputsReply> accept)
    {
        if (RunInputReader.Read(catalog, run.Run) is not { } input)
            return RunInputReader.NoLongerAccepted(run.Run);

        try
        {
            var scratch = artifacts.CreateScratch(attempt.Ref.RunId, attempt.Ref.Fence);
            using var limit = attempt.Limit(AttemptPhase.Fetch, policy.Value.FetchTimeoutSeconds);
            var prepared = await prepare.HandleAsync(run, input, scratch, limit, takesPrompt, new AttemptJournal(attempt, local), attempt.Stopping);
            if (prepared.Failure is { } failure)
                return new AttemptOutcome.Failed(failure);

            accept(new(InputsReply.Ready, [.. prepared.Media.Select(medium => OfferedMedia.From(medium.Key, medium.Value))], prepared.Expansion?.Text));
            return null;
        }
        catch (Exception) when (attempt.StopReason is { } stop)
        {
            return stop.Outcome;
        }
        catch (Exception e)
        {
            LogFailed(attempt.Ref.RunId, e);
            return AttemptFailures.Of(e, run.AttemptNumber);
        }
    }

    [LoggerMessage(4220, LogLevel.Error, "Run {RunId}: the inputs for a remote worker could not be prepared")]
    private partial void LogFailed(Guid runId, Exception exception);

    private sealed record Preparation(LiveAttempt Attempt, Task<InputsReply> Reply);
}
