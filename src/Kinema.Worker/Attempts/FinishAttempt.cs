using Kinema.Core.Runs;
using Kinema.Worker.Assignments;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

/// <summary>Stores an attempt's outcome. Retries for a while if the store fails; after that the reaper ends the run.</summary>
internal sealed partial class FinishAttempt(IWorkSource source, TimeProvider timeProvider, ILogger<FinishAttempt> log)
{
    private static readonly TimeSpan[] _waits = [.. new[] { 0, 100, 300, 900 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    /// <remarks>Takes no cancellation token: a reached outcome is stored even during shutdown.</remarks>
    public async Task HandleAsync(AttemptRef attempt, AttemptOutcome outcome)
    {
        foreach (var wait in _waits)
        {
            await Task.Delay(wait, timeProvider);
            try
            {
                if (!await source.FinishAsync(attempt, outcome))
                    LogRefused(attempt.RunId, outcome.GetType().Name);
                return;
            }
            catch (Exception e)
            {
                LogNotWritten(attempt.RunId, outcome.GetType().Name, e);
            }
        }
    }

    [LoggerMessage(4020, LogLevel.Warning, "Run {RunId}: outcome {Outcome} was refused; the fence is no longer current")]
    private partial void LogRefused(Guid runId, string outcome);

    [LoggerMessage(4021, LogLevel.Error, "Run {RunId}: outcome {Outcome} could not be written")]
    private partial void LogNotWritten(Guid runId, string outcome, Exception exception);
}
