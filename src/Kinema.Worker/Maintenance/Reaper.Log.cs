using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Maintenance;

internal sealed partial class Reaper
{
    [LoggerMessage(4300, LogLevel.Warning, "{Reaped} expired leases were released; {Expired} overdue runs were ended")]
    private partial void LogReaped(int reaped, int expired);

    [LoggerMessage(4301, LogLevel.Error, "Reaping expired leases failed")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(4302, LogLevel.Warning, "This process stood still for {Seconds:0} s, as in a suspended machine; the leases of its {Count} attempts are renewed")]
    private partial void LogStoodStill(double seconds, int count);
}
