using System.Diagnostics;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Kinema.Engines;
using Kinema.Worker.Assignments;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

/// <summary>Runs an attempt: sends heartbeats, converts every result into one outcome and removes scratch files.</summary>
internal sealed partial class RunAttempt(
    ExecuteAttempt execute,
    Heartbeat heartbeat,
    EncoderExcuse excuse,
    FinishAttempt finish,
    Traces traces,
    TimeProvider timeProvider,
    ILogger<RunAttempt> log)
{
    /// <summary>Time for the work to stop. After that the outcome is stored without it; the fence rejects its later writes.</summary>
    private static readonly TimeSpan _stopGrace = TimeSpan.FromMilliseconds(800);

    public async Task HandleAsync(Assignment assignment, LiveAttempt attempt)
    {
        using var span = traces.StartOfRun("attempt", ActivityKind.Consumer, assignment.TraceParent, attempt.Ref.RunId)
            ?.SetTag("kinema.engine.id", assignment.EngineId).SetTag("kinema.attempt", assignment.AttemptNumber);
        using var ended = new CancellationTokenSource();
        var heartbeats = heartbeat.RunAsync(attempt, ended.Token);
        try
        {
            if (await excuse.ApplyAsync(await WorkAsync(assignment, attempt), attempt) is not { } outcome)
                return;

            Describe(span, outcome);
            await finish.HandleAsync(attempt.Ref, outcome);
        }
        finally
        {
            await ended.CancelAsync();
            await heartbeats;
            DeleteScratch(assignment);
        }
    }

    private async Task<AttemptOutcome?> WorkAsync(Assignment assignment, LiveAttempt attempt)
    {
        var work = Task.Run(() => execute.HandleAsync(assignment, attempt, attempt.Stopping));
        await Task.WhenAny(work, StopGraceEndsAsync(attempt.Stopping));
        if (!work.IsCompleted)
        {
            _ = work.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            LogAbandoned(attempt.Ref.RunId, attempt.StopReason!.Reason);
            return attempt.StopReason.Outcome;
        }

        try
        {
            return await work;
        }
        catch (Exception e) when (attempt.StopReason is { } stop)
        {
            LogStopped(attempt.Ref.RunId, stop.Reason, e is OperationCanceledException ? null : e);
            return stop.Outcome;
        }
        catch (EngineContractException e)
        {
            LogBrokenContract(attempt.Ref.RunId, assignment.EngineId, e.Message);
            return new AttemptOutcome.Failed(
                new(FailureCodes.EngineContract, $"The engine \"{assignment.EngineId}\" broke its contract: {e.Message}.", FailureStages.Inference));
        }
        catch (Exception e)
        {
            if (e is EngineBusyException)
                LogBusy(attempt.Ref.RunId, assignment.EngineId, e.Message);
            else if (e is not EngineException)
                LogFailed(attempt.Ref.RunId, assignment.AttemptNumber, e);
            return AttemptFailures.Of(e, assignment.AttemptNumber);
        }
    }

    private static void Describe(Activity? span, AttemptOutcome outcome)
    {
        span?.SetTag("kinema.attempt.outcome", outcome.Name);
        if (outcome.Cause is { } failure)
            span?.SetTag("error.type", failure.Code).SetStatus(ActivityStatusCode.Error, failure.Code);
    }

    private async Task StopGraceEndsAsync(CancellationToken stopping)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(_stopGrace, timeProvider, CancellationToken.None);
    }

    private void DeleteScratch(Assignment assignment)
    {
        try
        {
            assignment.DeleteScratch();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogScratchLeft(assignment.Attempt.RunId, e);
        }
    }
}
