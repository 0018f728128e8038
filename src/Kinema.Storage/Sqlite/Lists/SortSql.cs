using Dapper;
using Kinema.Core.Lists;

namespace Kinema.Storage.Sqlite.Lists;

/// <summary>Writes an order of several keys, and the condition that a row lies after a place in it. Rows without a value come last; the id decides ties.</summary>
/// <param name="columns">The SQL expression of each field, by its name.</param>
internal sealed class SortSql(IReadOnlyDictionary<string, string> columns)
{
    public string Order(IReadOnlyList<SortKey> keys, bool backwards) => string.Join(", ", keys
        .Select(key => $"{Column(key)} IS NULL {Direction(backwards)}, {Column(key)} {Direction(key.Descending != backwards)}")
        .Append($"id {Direction(backwards)}"));

    /// <summary>(k1, k2, …, id) after (v1, v2, …, id'), compared key by key.</summary>
    public string After(IReadOnlyList<SortKey> keys, IReadOnlyList<object?> values, string id, bool backwards, DynamicParameters parameters)
    {
        parameters.Add("@afterId", id);
        var condition = backwards ? "id < @afterId" : "id > @afterId";
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            var (column, name) = (Column(keys[i]), $"@after{i}");
            parameters.Add(name, values[i]);
            condition = $"({Beyond(column, name, values[i], keys[i].Descending != backwards, backwards)} OR ({column} IS {name} AND {condition}))";
        }

        return condition;
    }

    private static string Beyond(string column, string name, object? value, bool descending, bool backwards) => (value, backwards) switch
    {
        (null, false) => "FALSE",
        (null, true) => $"{column} IS NOT NULL",
        (_, false) => $"({column} IS NULL OR {column} {(descending ? "<" : ">")} {name})",
        (_, true) => $"{column} {(descending ? "<" : ">")} {name}",
    };

    private string Column(SortKey key) => columns[key.Field.Name];

    private static string Direction(bool descending) => descending ? "DESC" : "ASC";
}
