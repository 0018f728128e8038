using Microsoft.Extensions.Logging;

namespace Kinema.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    [LoggerMessage(2001, LogLevel.Information, "Store {Folder} opened as instance {InstanceId}; released from earlier instances: {Leases} leases, {Deliveries} deliveries.")]
    private partial void LogOpened(string folder, Guid instanceId, int leases, int deliveries);
}
