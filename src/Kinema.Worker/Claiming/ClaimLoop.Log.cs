using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Claiming;

internal sealed partial class ClaimLoop
{
    [LoggerMessage(4100, LogLevel.Information, "Run {RunId}: attempt {AttemptNumber} begins on engine {EngineId}")]
    private partial void LogClaimed(Guid runId, int attemptNumber, string engineId);

    [LoggerMessage(4102, LogLevel.Error, "Run {RunId}: the attempt ended without an outcome; its lease will expire")]
    private partial void LogAttemptLost(Guid runId, Exception exception);

    [LoggerMessage(4103, LogLevel.Information, "Stopping: no more runs are claimed, {Count} are running")]
    private partial void LogStopping(int count);
}
