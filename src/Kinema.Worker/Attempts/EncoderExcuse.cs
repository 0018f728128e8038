using Kinema.Core.Runs;
using Kinema.Worker.Claiming;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

/// <summary>Hands a run back, without counting the attempt, if it failed while this machine's ffmpeg does not work: another time or machine may do it.</summary>
internal sealed partial class EncoderExcuse(EncoderGate encoder, ILogger<EncoderExcuse> log)
{
    public async Task<AttemptOutcome?> ApplyAsync(AttemptOutcome? outcome, LiveAttempt attempt)
    {
        if (!MayComeFromFfmpeg(outcome))
            return outcome;

        try
        {
            if (await encoder.IsStillOpenAsync(attempt.Stopping))
                return outcome;
        }
        catch (OperationCanceledException) when (attempt.StopReason is { } stop)
        {
            return stop.Outcome;
        }

        LogHandedBack(attempt.Ref.RunId);
        return new AttemptOutcome.HandedBack();
    }

    /// <summary>It decodes clips and sounds too, and an engine may run it. What could not be fetched or was too large never reached it.</summary>
    private static bool MayComeFromFfmpeg(AttemptOutcome? outcome) => outcome switch
    {
        AttemptOutcome.Retry => true,
        AttemptOutcome.Failed failed => failed.Failure.Code is FailureCodes.InputMediaInvalid or FailureCodes.EngineFailed or FailureCodes.EncodingFailed,
        _ => false,
    };

    [LoggerMessage(4014, LogLevel.Warning, "Run {RunId}: handed back, because ffmpeg does not work here")]
    private partial void LogHandedBack(Guid runId);
}
