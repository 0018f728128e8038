using System.Data;
using Dapper;
using Kinema.Core.Lists;

namespace Kinema.Storage.Sqlite.Lists;

/// <summary>The statement of a list of an organisation, composed of conditions that an index serves and of those that are evaluated row by row.</summary>
internal class ListStatement
{
    private readonly string _source;
    private readonly IReadOnlyDictionary<string, string> _columns;
    private readonly bool _ascending;
    private readonly List<string> _indexed;
    private readonly List<string> _conditions = [];

    /// <param name="source">The table and its index, which ends in (created_at, id).</param>
    /// <param name="columns">The SQL expression of each field, by its name.</param>
    /// <param name="orgId">The organisation.</param>
    /// <param name="ascending">Whether the oldest are read first.</param>
    /// <param name="always">Further conditions of every such list.</param>
    public ListStatement(string source, IReadOnlyDictionary<string, string> columns, Guid orgId, bool ascending, params string[] always)
    {
        _source = source;
        _columns = columns;
        _ascending = ascending;
        _indexed = ["org_id = @orgId", .. always];
        Parameters.Add("@orgId", orgId.ToString());
    }

    public string ByCreation => _ascending ? "created_at ASC, id ASC" : "created_at DESC, id DESC";

    protected DynamicParameters Parameters { get; } = new();

    public void AddFilter(Filter? filter, Func<Filter, bool> isIndexed)
    {
        var sql = new FilterSql(_columns, Parameters);
        foreach (var term in filter?.Conjuncts ?? [])
            (isIndexed(term) ? _indexed : _conditions).Add(sql.Write(term));
    }

    /// <summary>Starts after a place in the order of creation.</summary>
    public void StartAfter(ListCursor place) => Bound(_ascending ? ">" : "<", "cursor", place);

    /// <summary>Starts after a place in an order of other keys.</summary>
    public void StartAfter(ListCursor place, IReadOnlyList<SortKey> sort, bool backwards) =>
        _conditions.Add(new SortSql(_columns).After(sort, place.Values, (string)place.Id, backwards, Parameters));

    public void EndAt(ListCursor end) => Bound(_ascending ? "<=" : ">=", "end", end);

    /// <summary>The last row that is examined; null if fewer are left.</summary>
    public ListCursor? FindEnd(IDbConnection connection, int most)
    {
        var found = connection.QueryFirstOrDefault<(long CreatedAt, string Id)>(
            $"{Select("created_at, id")}\nORDER BY {ByCreation}\nLIMIT 1 OFFSET {most - 1};", Parameters);
        return found.Id is null ? null : new([found.CreatedAt], found.Id);
    }

    public string By(IReadOnlyList<SortKey> sort, bool backwards) => new SortSql(_columns).Order(sort, backwards);

    public List<T> Read<T>(IDbConnection connection, string order, int limit) => connection.Query<T>(Text(order, limit), Parameters).AsList();

    /// <summary>The lines of SQLite's query plan for a page, for tests.</summary>
    public IEnumerable<string> Explain(IDbConnection connection, string order, int limit) =>
        connection.Query($"EXPLAIN QUERY PLAN {Text(order, limit)}", Parameters).Select(line => (string)line.detail);

    protected void AddIndexed(string condition) => _indexed.Add(condition);

    protected string Select(string columns) => $"SELECT {columns}\nFROM {_source}\nWHERE {string.Join("\n  AND ", _indexed)}";

    private void Bound(string comparison, string name, ListCursor place)
    {
        _indexed.Add($"(created_at, id) {comparison} (@{name}Time, @{name}Id)");
        Parameters.Add($"@{name}Time", place.Values[0]);
        Parameters.Add($"@{name}Id", place.Id);
    }

    private string Text(string order, int limit) =>
        $"{Select("*")}{string.Concat(_conditions.Select(condition => $"\n  AND {condition}"))}\nORDER BY {order}\nLIMIT {limit};";
}
