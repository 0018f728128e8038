using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Numbers of queued runs, kept in memory by the write connection: counting them at each create would cost more the longer the queue is.</summary>
internal static class QueueCounts
{
    /// <summary>Creates the tables in memory; the database's own tables must exist.</summary>
    public static void Prepare(SqliteConnection writer) => writer.Execute(Sql.PrepareQueueCounts);

    /// <summary>Returns the queued runs of all organisations and of one. Runs in the caller's write transaction.</summary>
    public static (long Queued, long QueuedOfOrg) Read(IStoreConnection writer, string orgId)
    {
        var counts = Query(writer, orgId);
        if (!counts.IsCurrent)
        {
            writer.Execute(Sql.RebuildQueueCounts);
            counts = Query(writer, orgId);
        }

        return (counts.Queued, counts.QueuedOfOrg);
    }

    private static Counts Query(IStoreConnection writer, string orgId) => writer.QueryPrepared<Counts>(Sql.CountWaiting, ("@orgId", orgId))!;

    private sealed class Counts
    {
        public required bool IsCurrent { get; init; }
        public required long Queued { get; init; }
        public required long QueuedOfOrg { get; init; }
    }
}
