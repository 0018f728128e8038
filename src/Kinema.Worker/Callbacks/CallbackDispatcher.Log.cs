using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Callbacks;

internal sealed partial class CallbackDispatcher
{
    [LoggerMessage(4210, LogLevel.Error, "The outbox could not be asked for due callbacks")]
    private partial void LogClaimFailed(Exception exception);

    [LoggerMessage(4211, LogLevel.Error, "Run {RunId}: a callback attempt broke; it becomes due again when its lease ends")]
    private partial void LogFailed(Guid runId, Exception exception);

    [LoggerMessage(4212, LogLevel.Information, "Run {RunId}: a callback was cut off by the shutdown; it is sent again at the next start")]
    private partial void LogCutOff(Guid runId);
}
