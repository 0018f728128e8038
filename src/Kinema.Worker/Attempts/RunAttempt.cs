using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

/// <summary>Runs an attempt: sends heartbeats, converts every result into one outcome and removes scratch files.</summary>
internal sealed partial class RunAttempt(
    ExecuteAttempt execute,
    Heartbeat heartbeat,
    EncoderExcuse excuse,
    FinishAttempt finish,
    IArtifactStore artifacts,
    TimeProvider timeProvider,
    ILogger<RunAttempt> log)
{
    /// <summary>Time for the work to stop. After that the outcome is stored without it; the fence rejects its later writes.</summary>
    private static readonly TimeSpan _stopGrace = TimeSpan.FromMilliseconds(800);

    public async Task HandleAsync(ClaimedRun claim, LiveAttempt attempt)
    {
        using var ended = new CancellationTokenSource();
        var heartbeats = heartbeat.RunAsync(attempt, ended.Token);
        try
        {
            if (await excuse.ApplyAsync(await WorkAsync(claim, attempt), attempt) is { } outcome)
                await finish.HandleAsync(attempt.Ref, outcome);
        }
        finally
        {
            await ended.CancelAsync();
            await heartbeats;
            DeleteScratch(attempt.Ref);
        }
    }

    private async Task<AttemptOutcome?> WorkAsync(ClaimedRun claim, LiveAttempt attempt)
    {
        var work = Task.Run(() => execute.HandleAsync(claim, attempt, attempt.Stopping));
        await Task.WhenAny(work, StopGraceEndsAsync(attempt.Stopping));
        if (!work.IsCompleted)
        {
            _ = work.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            LogAbandoned(claim.Run.Id, attempt.StopReason!.Reason);
            return attempt.StopReason.Outcome;
        }

        try
        {
            return await work;
        }
        catch (Exception e) when (attempt.StopReason is { } stop)
        {
            LogStopped(claim.Run.Id, stop.Reason, e is OperationCanceledException ? null : e);
            return stop.Outcome;
        }
        catch (EngineException e)
        {
            return new AttemptOutcome.Failed(new(e.Code, e.Message, e.Code.StartsWith("INPUT_", StringComparison.Ordinal) ? FailureStages.Preprocess : FailureStages.Inference));
        }
        catch (EngineContractException e)
        {
            LogBrokenContract(claim.Run.Id, claim.Run.EngineId, e.Message);
            return new AttemptOutcome.Failed(
                new(FailureCodes.EngineContract, $"The engine \"{claim.Run.EngineId}\" broke its contract: {e.Message}.", FailureStages.Inference));
        }
        catch (Exception e)
        {
            LogFailed(claim.Run.Id, claim.AttemptNumber, e);
            return new AttemptOutcome.Retry(CallerSafeFailure(e), TimeSpan.FromSeconds(Math.Pow(2, claim.AttemptNumber - 1)));
        }
    }

    private async Task StopGraceEndsAsync(CancellationToken stopping)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(_stopGrace, timeProvider, CancellationToken.None);
    }

    /// <summary>Returns a failure without internal details for the caller; the log has the details.</summary>
    private static RunFailure CallerSafeFailure(Exception e) => e switch
    {
        EncodingException => new(FailureCodes.EncodingFailed, "The video could not be encoded.", FailureStages.Postprocess),
        IOException or UnauthorizedAccessException => new(FailureCodes.StorageFailed, "The video could not be stored.", FailureStages.Upload),
        _ => new(FailureCodes.EngineFailed, "The engine failed.", FailureStages.Inference),
    };

    private void DeleteScratch(AttemptRef attempt)
    {
        try
        {
            artifacts.DeleteScratch(attempt.RunId, attempt.Fence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogScratchLeft(attempt.RunId, e);
        }
    }
}
