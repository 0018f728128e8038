using Kinema.Core.Runs;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Http;

/// <summary>Outcomes as the protocol says them.</summary>
internal static class Outcomes
{
    public static EndAttempt ToMessage(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Failed failed => new(EndAttempt.Failed, failed.Failure),
        AttemptOutcome.Retry retry => new(EndAttempt.Retry, retry.Failure, retry.Delay.TotalSeconds),
        AttemptOutcome.Canceled => new(EndAttempt.Canceled),
        AttemptOutcome.HandedBack handedBack => new(EndAttempt.HandedBack, DelaySeconds: handedBack.Delay.TotalSeconds),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} does not come from a worker."),
    };
}
