using System.Data;
using Dapper;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite.Lists;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>The statement of a list of runs.</summary>
internal sealed class RunListStatement : ListStatement
{
    private readonly RunListQuery _query;

    public RunListStatement(Guid orgId, RunListQuery query, bool ascending)
        : base($"runs INDEXED BY {IndexOf(Lead(query))}", RunColumns.ByField, orgId, ascending, "erased_at IS NULL")
    {
        _query = query;
        var lead = Lead(query);
        AddFilter(query.Filter, term => term == lead || (RunListQuery.IsIndexable(term) && !RunListQuery.IsEquality(term)));
    }

    public void StartAfter(RunCursor cursor) => StartAfter(ToPlace(cursor));

    public void StartAfter(SortedRunCursor place) => StartAfter(new ListCursor(place.Values, place.Id.ToString()), _query.Sort, _query.Backwards);

    public void StartAt(DateTimeOffset newest)
    {
        AddIndexed("created_at <= @newest");
        Parameters.Add("@newest", newest.ToMicros());
    }

    public void EndAt(RunCursor end) => EndAt(ToPlace(end));

    public DateTimeOffset? FindNewest(IDbConnection connection) =>
        connection.QueryFirstOrDefault<long?>($"{Select("created_at")} ORDER BY created_at DESC LIMIT 1;", Parameters)?.FromMicros();

    /// <summary>The last run that is examined; null if fewer are left.</summary>
    public RunCursor? FindEnd(IDbConnection connection) =>
        FindEnd(connection, RunPage.MaxExamined) is { } end ? new(((long)end.Values[0]!).FromMicros(), Guid.Parse((string)end.Id)) : null;

    /// <summary>The stored values of a run's sort keys.</summary>
    public IReadOnlyList<object?> ReadValues(IDbConnection connection, Guid id)
    {
        var columns = string.Join(", ", _query.Sort.Select((key, i) => $"{RunColumns.ByField[key.Field.Name]} AS k{i}"));
        var row = (IDictionary<string, object?>)connection.QuerySingle($"SELECT {columns} FROM runs WHERE id = @id;", new { id = id.ToString() });
        return [.. row.Values];
    }

    private static ListCursor ToPlace(RunCursor cursor) => new([cursor.CreatedAt.ToMicros()], cursor.Id.ToString());

    // The most telling equality leads the index; others are evaluated run by run.
    private static Filter.Comparison? Lead(RunListQuery query) =>
        (query.Filter?.Conjuncts ?? []).Where(RunListQuery.IsEquality).Cast<Filter.Comparison>().MinBy(term => RunIndexes.Rank(term.Field));

    private static string IndexOf(Filter.Comparison? lead) => lead is null ? RunIndexes.ByOrganization : RunIndexes.Of(lead.Field);
}
