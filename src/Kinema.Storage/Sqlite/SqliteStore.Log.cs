using Microsoft.Extensions.Logging;

namespace Kinema.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    [LoggerMessage(2002, LogLevel.Information, "The store is migrated from schema version {From} to {To}; the database before it is {Copy}.")]
    private partial void LogMigrating(int from, int to, string copy);

    [LoggerMessage(2001, LogLevel.Information, "Store {Folder} opened as instance {InstanceId}; released from earlier instances: {Leases} leases, {Deliveries} deliveries.")]
    private partial void LogOpened(string folder, Guid instanceId, int leases, int deliveries);
}
