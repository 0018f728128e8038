using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

internal sealed partial class RunAttempt
{
    [LoggerMessage(4010, LogLevel.Information, "Run {RunId}: attempt stopped ({Reason})")]
    private partial void LogStopped(Guid runId, string reason, Exception? exception);

    [LoggerMessage(4011, LogLevel.Warning, "Run {RunId}: the work did not stop in time ({Reason}); its result will be discarded")]
    private partial void LogAbandoned(Guid runId, string reason);

    [LoggerMessage(4012, LogLevel.Error, "Run {RunId}: attempt {AttemptNumber} failed")]
    private partial void LogFailed(Guid runId, int attemptNumber, Exception exception);

    [LoggerMessage(4013, LogLevel.Warning, "Run {RunId}: scratch files were left to the sweeper")]
    private partial void LogScratchLeft(Guid runId, Exception exception);

    [LoggerMessage(4015, LogLevel.Error, "Run {RunId}: the engine {EngineId} broke its contract: {Violation}")]
    private partial void LogBrokenContract(Guid runId, string engineId, string violation);

    [LoggerMessage(4016, LogLevel.Information, "Run {RunId}: the engine {EngineId} is busy and the run waits: {Reason}")]
    private partial void LogBusy(Guid runId, string engineId, string reason);
}
