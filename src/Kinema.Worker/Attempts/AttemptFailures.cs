using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Receiving;

namespace Kinema.Worker.Attempts;

/// <summary>The outcome of an attempt that ended with an exception.</summary>
internal static class AttemptFailures
{
    private static readonly TimeSpan _shortestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(1);

    /// <summary>The failure that the engine announces is permanent; any other may be a matter of this machine or this time.</summary>
    public static AttemptOutcome Of(Exception exception, int attemptNumber) => exception switch
    {
        EngineException e => new AttemptOutcome.Failed(
            new(e.Code, e.Message, e.Code.StartsWith("INPUT_", StringComparison.Ordinal) ? FailureStages.Preprocess : FailureStages.Inference)),
        EngineBusyException e => new AttemptOutcome.HandedBack(
            e.RetryAfter < _shortestWait ? _shortestWait : e.RetryAfter > _longestWait ? _longestWait : e.RetryAfter),
        _ => new AttemptOutcome.Retry(CallerSafe(exception), TimeSpan.FromSeconds(Math.Pow(2, attemptNumber - 1))),
    };

    /// <summary>Returns a failure without internal details for the caller; the log has the details.</summary>
    private static RunFailure CallerSafe(Exception e) => e switch
    {
        VideoNotReceivedException => new(FailureCodes.EngineFailed, e.Message, FailureStages.Postprocess),
        EncodingException => new(FailureCodes.EncodingFailed, "The video could not be encoded.", FailureStages.Postprocess),
        IOException or UnauthorizedAccessException => new(FailureCodes.StorageFailed, "The video could not be stored.", FailureStages.Upload),
        _ => new(FailureCodes.EngineFailed, "The engine failed.", FailureStages.Inference),
    };
}
