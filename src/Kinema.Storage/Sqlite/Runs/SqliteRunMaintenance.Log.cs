using Microsoft.Extensions.Logging;

namespace Kinema.Storage.Sqlite.Runs;

internal sealed partial class SqliteRunMaintenance
{
    [LoggerMessage(2011, LogLevel.Error, "Run {RunId} could not be updated; the next sweep tries again.")]
    private partial void LogNotEnded(Exception error, string runId);
}
