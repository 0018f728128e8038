using Dapper;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite.Lists;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>The statement of a list, composed of conditions that an index serves and of those that are evaluated run by run.</summary>
internal sealed class RunListStatement
{
    private readonly RunListQuery _query;
    private readonly bool _ascending;
    private readonly DynamicParameters _parameters = new();
    private readonly List<string> _indexed = ["org_id = @orgId", "erased_at IS NULL"];
    private readonly List<string> _conditions = [];
    private readonly string _index;

    public RunListStatement(Guid orgId, RunListQuery query, bool ascending)
    {
        _query = query;
        _ascending = ascending;
        _parameters.Add("@orgId", orgId.ToString());
        var terms = query.Filter?.Conjuncts ?? [];
        // The most telling equality leads the index; others are evaluated run by run.
        var lead = terms.Where(RunListQuery.IsEquality).Cast<Filter.Comparison>().MinBy(term => RunIndexes.Rank(term.Field));
        _index = lead is null ? RunIndexes.ByOrganization : RunIndexes.Of(lead.Field);
        var sql = new FilterSql(RunColumns.ByField, _parameters);
        foreach (var term in terms)
            (term == lead || (RunListQuery.IsIndexable(term) && !RunListQuery.IsEquality(term)) ? _indexed : _conditions).Add(sql.Write(term));
    }

    public string Direction => _ascending ? "ASC" : "DESC";

    public void StartAfter(RunCursor cursor)
    {
        _indexed.Add($"(created_at, id) {(_ascending ? ">" : "<")} (@cursorTime, @cursorId)");
        _parameters.Add("@cursorTime", cursor.CreatedAt.ToMicros());
        _parameters.Add("@cursorId", cursor.Id.ToString());
    }

    public void StartAfter(SortedRunCursor place) =>
        _conditions.Add(new SortSql(RunColumns.ByField).After(_query.Sort, place.Values, place.Id.ToString(), _query.Backwards, _parameters));

    public void StartAt(DateTimeOffset newest)
    {
        _indexed.Add("created_at <= @newest");
        _parameters.Add("@newest", newest.ToMicros());
    }

    public void EndAt(RunCursor end)
    {
        _indexed.Add($"(created_at, id) {(_ascending ? "<=" : ">=")} (@endTime, @endId)");
        _parameters.Add("@endTime", end.CreatedAt.ToMicros());
        _parameters.Add("@endId", end.Id.ToString());
    }

    public DateTimeOffset? FindNewest(SqliteConnection connection) =>
        connection.QueryFirstOrDefault<long?>($"{Select("created_at")} ORDER BY created_at DESC LIMIT 1;", _parameters)?.FromMicros();

    /// <summary>The last run that is examined; null if fewer are left.</summary>
    public RunCursor? FindEnd(SqliteConnection connection)
    {
        var found = connection.QueryFirstOrDefault<(long CreatedAt, string Id)>(
            $"{Select("created_at, id")} ORDER BY created_at {Direction}, id {Direction} LIMIT 1 OFFSET {RunPage.MaxExamined - 1};", _parameters);
        return found.Id is null ? null : new(found.CreatedAt.FromMicros(), Guid.Parse(found.Id));
    }

    public List<RunRow> Read(SqliteConnection connection, string order, int limit) =>
        connection.Query<RunRow>(Text(order, limit), _parameters).AsList();

    /// <summary>The lines of SQLite's query plan for a page, for tests.</summary>
    public IEnumerable<string> Explain(SqliteConnection connection, string order, int limit) =>
        connection.Query($"EXPLAIN QUERY PLAN {Text(order, limit)}", _parameters).Select(line => (string)line.detail);

    /// <summary>The stored values of a run's sort keys.</summary>
    public IReadOnlyList<object?> ReadValues(SqliteConnection connection, Guid id)
    {
        var columns = string.Join(", ", _query.Sort.Select((key, i) => $"{RunColumns.ByField[key.Field.Name]} AS k{i}"));
        var row = (IDictionary<string, object?>)connection.QuerySingle($"SELECT {columns} FROM runs WHERE id = @id;", new { id = id.ToString() });
        return [.. row.Values];
    }

    private string Text(string order, int limit) =>
        $"{Select("*")}{string.Concat(_conditions.Select(condition => $"\n  AND {condition}"))}\nORDER BY {order}\nLIMIT {limit};";

    private string Select(string columns) => $"SELECT {columns}\nFROM runs INDEXED BY {_index}\nWHERE {string.Join("\n  AND ", _indexed)}";
}
