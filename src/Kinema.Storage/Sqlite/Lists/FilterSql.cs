using Dapper;
using Kinema.Core.Lists;

namespace Kinema.Storage.Sqlite.Lists;

/// <summary>Writes a filter as an SQL condition. Values are parameters, names come from a fixed table, so callers' text is never part of a statement.</summary>
/// <param name="columns">The SQL expression of each field, by its name.</param>
/// <param name="parameters">Receives the values.</param>
internal sealed class FilterSql(IReadOnlyDictionary<string, string> columns, DynamicParameters parameters)
{
    private const long MicrosPerMillisecond = 1_000;

    private int _count;

    public string Write(Filter filter) => filter switch
    {
        Filter.All all => $"({string.Join(" AND ", all.Terms.Select(Write))})",
        Filter.Any any => $"({string.Join(" OR ", any.Terms.Select(Write))})",
        // A comparison with NULL is NULL, and so would be its negation; here it is false.
        Filter.Not not => $"NOT coalesce({Write(not.Term)}, FALSE)",
        Filter.Comparison comparison => Write(comparison),
        _ => throw new ArgumentException($"{filter.GetType()} is no filter."),
    };

    private string Write(Filter.Comparison comparison)
    {
        var column = columns[comparison.Field.Name];
        if (comparison.Value is null)
            return comparison.Operator == FilterOperator.Equal ? $"{column} IS NULL" : $"{column} IS NOT NULL";
        return comparison.Field.Kind == FilterValueKind.Time ? WriteTime(column, comparison.Operator, (long)comparison.Value)
            : comparison.Operator == FilterOperator.NotEqual ? $"{column} IS NOT {Add(comparison.Value)}"
            : $"{column} {comparison.Operator.ToSymbol()} {Add(comparison.Value)}";
    }

    /// <summary>A time stands for its whole millisecond, which is what records show.</summary>
    private string WriteTime(string column, FilterOperator op, long from) => op switch
    {
        FilterOperator.Equal => $"({column} >= {Add(from)} AND {column} < {Add(from + MicrosPerMillisecond)})",
        FilterOperator.NotEqual => $"NOT coalesce({column} >= {Add(from)} AND {column} < {Add(from + MicrosPerMillisecond)}, FALSE)",
        FilterOperator.Less => $"{column} < {Add(from)}",
        FilterOperator.LessOrEqual => $"{column} < {Add(from + MicrosPerMillisecond)}",
        FilterOperator.Greater => $"{column} >= {Add(from + MicrosPerMillisecond)}",
        _ => $"{column} >= {Add(from)}",
    };

    private string Add(object value)
    {
        var name = $"@f{_count++}";
        parameters.Add(name, value);
        return name;
    }
}
