using System.Data;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Reads pages of runs with keyset pagination, so that equal times neither repeat nor skip a run.</summary>
/// <remarks>
/// An index gives the runs of an organisation, or of its runs with one status, model, engine or reference, by (creation time, id). A query that needs more
/// than that first looks up, in the index alone, where <see cref="RunPage.MaxExamined"/> runs end, and examines none beyond.
/// </remarks>
internal static class RunListReader
{
    public static RunPage Read(IDbConnection connection, Guid orgId, RunListQuery query) =>
        query.Sort.Count == 0 ? ByCreation(connection, orgId, query) : ByKeys(connection, orgId, query);

    private static RunPage ByCreation(IDbConnection connection, Guid orgId, RunListQuery query)
    {
        var ascending = query.OldestFirst != query.Backwards;
        var statement = new RunListStatement(orgId, query, ascending);
        if (query.Cursor is { } cursor)
            statement.StartAfter(cursor);
        var end = query.IsIndexed ? null : statement.FindEnd(connection);
        if (end is not null)
            statement.EndAt(end);

        var rows = statement.Read<RunRow>(connection, statement.ByCreation, query.Limit + 1);
        var items = Items(rows, query);
        var hasMore = rows.Count > query.Limit;
        return new(items, hasMore) { Examined = hasMore ? null : end };
    }

    private static RunPage ByKeys(IDbConnection connection, Guid orgId, RunListQuery query)
    {
        var statement = new RunListStatement(orgId, query, ascending: false);
        var newest = query.SortedCursor?.Newest ?? statement.FindNewest(connection);
        if (newest is null)
            return new([], HasMore: false);

        statement.StartAt(newest.Value);
        var end = statement.FindEnd(connection);
        if (end is not null)
            statement.EndAt(end);
        if (query.SortedCursor is { } place)
            statement.StartAfter(place);

        var rows = statement.Read<RunRow>(connection, statement.By(query.Sort, query.Backwards), query.Limit + 1);
        var items = Items(rows, query);
        return new(items, rows.Count > query.Limit)
        {
            First = items.Count == 0 ? null : Place(items[0]),
            Last = items.Count == 0 ? null : Place(items[^1]),
            IsCut = end is not null,
        };

        SortedRunCursor Place(Run run) => new(newest.Value, statement.ReadValues(connection, run.Id), run.Id);
    }

    private static List<Run> Items(List<RunRow> rows, RunListQuery query)
    {
        var items = rows.Take(query.Limit).Select(row => row.ToRun()).ToList();
        if (query.Backwards)
            items.Reverse();
        return items;
    }
}
