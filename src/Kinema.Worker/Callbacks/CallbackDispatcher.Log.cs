using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Callbacks;

internal sealed partial class CallbackDispatcher
{
    [LoggerMessage(4210, LogLevel.Error, "Claiming due callbacks from the outbox failed")]
    private partial void LogClaimFailed(Exception exception);

    [LoggerMessage(4211, LogLevel.Error, "Run {RunId}: a callback attempt could not be recorded; it is due again when its lease expires")]
    private partial void LogFailed(Guid runId, Exception exception);

    [LoggerMessage(4212, LogLevel.Information, "Run {RunId}: shutdown cancelled a callback; it is sent again at the next start")]
    private partial void LogCutOff(Guid runId);
}
