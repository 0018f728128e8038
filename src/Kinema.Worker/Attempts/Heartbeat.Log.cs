using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

internal sealed partial class Heartbeat
{
    [LoggerMessage(4001, LogLevel.Warning, "Run {RunId}: a heartbeat could not be stored")]
    private partial void LogHeartbeatFailed(Guid runId, Exception exception);
}
