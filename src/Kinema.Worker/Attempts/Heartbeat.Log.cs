using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

internal sealed partial class Heartbeat
{
    [LoggerMessage(4001, LogLevel.Warning, "Run {RunId}: the ledger did not take a heartbeat")]
    private partial void LogHeartbeatFailed(Guid runId, Exception exception);
}
