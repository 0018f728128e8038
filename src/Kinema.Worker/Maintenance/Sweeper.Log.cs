using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Maintenance;

internal sealed partial class Sweeper
{
    [LoggerMessage(
        4310,
        LogLevel.Information,
        "Swept: {Expired} media passed their retention, {Deleted} of their files were deleted, {Orphans} files that nothing names were taken away, {Emptied} left the trash")]
    private partial void LogSwept(int expired, int deleted, int orphans, int emptied);

    [LoggerMessage(4311, LogLevel.Error, "Sweeping failed")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(
        4312,
        LogLevel.Warning,
        "{Count} files that nothing names are of a time that the database does not cover, as after restoring it from a backup; they stay for the first hour")]
    private partial void LogHeld(int count);

    [LoggerMessage(4313, LogLevel.Warning, "Fewer bytes are free than Server:MinFreeBytes asks for, and the trash is empty; new runs and uploads are refused")]
    private partial void LogDiskFull();
}
