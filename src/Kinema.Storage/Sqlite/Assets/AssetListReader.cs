using System.Data;
using Kinema.Core.Assets;
using Kinema.Core.Lists;
using Kinema.Storage.Sqlite.Lists;

namespace Kinema.Storage.Sqlite.Assets;

/// <summary>Reads pages of assets with keyset pagination from the index assets_by_org (org_id, created_at, id).</summary>
/// <remarks>A query that needs more than that index first looks up in it where <see cref="AssetPage.MaxExamined"/> assets end, and examines none beyond.</remarks>
internal static class AssetListReader
{
    public static AssetPage Read(IDbConnection connection, Guid orgId, ListQuery query)
    {
        var (statement, order) = Compose(orgId, query);
        var end = AssetFields.IsIndexed(query) ? null : statement.FindEnd(connection, AssetPage.MaxExamined);
        if (end is not null)
            statement.EndAt(end);

        var rows = statement.Read<AssetRow>(connection, order, query.Limit + 1);
        var items = rows.Take(query.Limit).Select(row => row.ToAsset()).ToList();
        if (query.Backwards)
            items.Reverse();
        var hasMore = rows.Count > query.Limit;
        var byCreation = AssetFields.IsByCreation(query);
        return new(items, hasMore) { Examined = byCreation && !hasMore ? end : null, IsCut = !byCreation && end is not null };
    }

    /// <summary>The lines of SQLite's query plan for a page, for tests.</summary>
    public static IEnumerable<string> Explain(IDbConnection connection, Guid orgId, ListQuery query)
    {
        var (statement, order) = Compose(orgId, query);
        return statement.Explain(connection, order, query.Limit + 1);
    }

    private static (ListStatement Statement, string Order) Compose(Guid orgId, ListQuery query)
    {
        var byCreation = AssetFields.IsByCreation(query);
        // Other orders sort the newest.
        var ascending = byCreation && query.Sort[0].Descending == query.Backwards;
        var statement = new ListStatement(
            "assets INDEXED BY assets_by_org", AssetColumns.ByField, orgId, ascending, "forgotten_at IS NULL", "confirmed_at IS NOT NULL");
        statement.AddFilter(query.Filter, AssetFields.IsIndexable);
        if (query.Cursor is { } place)
        {
            if (byCreation)
                statement.StartAfter(place);
            else
                statement.StartAfter(place, query.Sort, query.Backwards);
        }

        return (statement, byCreation ? statement.ByCreation : statement.By(query.Sort, query.Backwards));
    }
}
