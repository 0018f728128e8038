using Dapper;
using Kinema.Core.Assets;
using Kinema.Core.Lists;
using Kinema.Storage.Sqlite.Lists;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite.Assets;

/// <summary>Reads pages of assets with keyset pagination from the index assets_by_org (org_id, created_at, id).</summary>
/// <remarks>A query that needs more than that index first looks up in it where <see cref="AssetPage.MaxExamined"/> assets end, and examines none beyond.</remarks>
internal sealed class AssetListReader
{
    private readonly ListQuery _query;
    private readonly bool _byCreation;
    private readonly bool _ascending;
    private readonly DynamicParameters _parameters = new();
    private readonly List<string> _indexed = ["org_id = @orgId", "forgotten_at IS NULL", "confirmed_at IS NOT NULL"];
    private readonly List<string> _conditions = [];

    private AssetListReader(Guid orgId, ListQuery query)
    {
        _query = query;
        _byCreation = AssetFields.IsByCreation(query);
        // Other orders sort the newest.
        _ascending = _byCreation && query.Sort[0].Descending == query.Backwards;
        _parameters.Add("@orgId", orgId.ToString());
        var sql = new FilterSql(AssetColumns.ByField, _parameters);
        foreach (var term in query.Filter?.Conjuncts ?? [])
            (AssetFields.IsIndexable(term) ? _indexed : _conditions).Add(sql.Write(term));
    }

    private string Direction => _ascending ? "ASC" : "DESC";

    public static AssetPage Read(SqliteConnection connection, Guid orgId, ListQuery query) => new AssetListReader(orgId, query).Read(connection);

    /// <summary>The lines of SQLite's query plan for a page, for tests.</summary>
    public static IEnumerable<string> Explain(SqliteConnection connection, Guid orgId, ListQuery query)
    {
        var reader = new AssetListReader(orgId, query);
        reader.StartAtCursor();
        return connection.Query($"EXPLAIN QUERY PLAN {reader.Text()}", reader._parameters).Select(line => (string)line.detail);
    }

    private AssetPage Read(SqliteConnection connection)
    {
        var end = (ListCursor?)null;
        if (_byCreation)
            StartAtCursor();
        if (!AssetFields.IsIndexed(_query))
            end = FindEnd(connection);
        if (end is not null)
        {
            _indexed.Add($"(created_at, id) {(_ascending ? "<=" : ">=")} (@endTime, @endId)");
            _parameters.Add("@endTime", end.Values[0]);
            _parameters.Add("@endId", end.Id);
        }

        if (!_byCreation)
            StartAtCursor();
        var rows = connection.Query<AssetRow>(Text(), _parameters).AsList();
        var items = rows.Take(_query.Limit).Select(row => row.ToAsset()).ToList();
        if (_query.Backwards)
            items.Reverse();
        var hasMore = rows.Count > _query.Limit;
        return new(items, hasMore) { Examined = _byCreation && !hasMore ? end : null, IsCut = !_byCreation && end is not null };
    }

    private void StartAtCursor()
    {
        if (_query.Cursor is not { } cursor)
            return;

        if (!_byCreation)
        {
            _conditions.Add(new SortSql(AssetColumns.ByField).After(_query.Sort, cursor.Values, (string)cursor.Id, _query.Backwards, _parameters));
            return;
        }

        _indexed.Add($"(created_at, id) {(_ascending ? ">" : "<")} (@cursorTime, @cursorId)");
        _parameters.Add("@cursorTime", cursor.Values[0]);
        _parameters.Add("@cursorId", cursor.Id);
    }

    /// <summary>The last asset that is examined; null if fewer are left.</summary>
    private ListCursor? FindEnd(SqliteConnection connection)
    {
        var found = connection.QueryFirstOrDefault<(long CreatedAt, string Id)>(
            $"{Select("created_at, id")}\nORDER BY created_at {Direction}, id {Direction}\nLIMIT 1 OFFSET {AssetPage.MaxExamined - 1};", _parameters);
        return found.Id is null ? null : new([found.CreatedAt], found.Id);
    }

    private string Text()
    {
        var order = _byCreation ? $"created_at {Direction}, id {Direction}" : new SortSql(AssetColumns.ByField).Order(_query.Sort, _query.Backwards);
        return $"{Select("*")}{string.Concat(_conditions.Select(condition => $"\n  AND {condition}"))}\nORDER BY {order}\nLIMIT {_query.Limit + 1};";
    }

    private string Select(string columns) => $"SELECT {columns}\nFROM assets INDEXED BY assets_by_org\nWHERE {string.Join("\n  AND ", _indexed)}";
}
