using Dapper;
using Kinema.Core.Runs;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Reads pages of runs with keyset pagination on (creation time, id), so that equal times neither repeat nor skip a run.</summary>
internal static class RunListReader
{
    public static RunPage Read(SqliteConnection connection, Guid orgId, RunListQuery query)
    {
        var ascending = query.OldestFirst != query.Backwards;
        var statement = (ascending, query.ClientRef) switch
        {
            (true, null) => Sql.ListRunsAscending,
            (false, null) => Sql.ListRunsDescending,
            (true, _) => Sql.ListRunsByClientRefAscending,
            (false, _) => Sql.ListRunsByClientRefDescending,
        };

        // Without a cursor the page starts before the first row.
        var rows = connection.Query<RunRow>(statement, new
        {
            orgId = orgId.ToString(),
            createdAt = query.Cursor?.CreatedAt.ToMicros() ?? (ascending ? long.MinValue : long.MaxValue),
            id = query.Cursor?.Id.ToString() ?? "",
            status = query.Status?.ToCode(),
            modelSlug = query.ModelSlug,
            clientRef = query.ClientRef,
            limit = query.Limit + 1,
        }).AsList();

        var items = rows.Take(query.Limit).Select(r => r.ToRun()).ToList();
        if (query.Backwards)
            items.Reverse();
        return new(items, HasMore: rows.Count > query.Limit);
    }
}
