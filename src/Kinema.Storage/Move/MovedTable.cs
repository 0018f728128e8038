using NpgsqlTypes;

namespace Kinema.Storage.Move;

/// <summary>A table as both databases have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Names in PostgreSQL's order.</param>
/// <param name="Types">Their types.</param>
/// <param name="Key">Columns that name a row; text sorts by its bytes in both databases, so that both read the rows in one order.</param>
/// <param name="Counter">The column that the database numbers itself; null for none.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<NpgsqlDbType> Types, IReadOnlyList<string> Key, string? Counter)
{
    public string ColumnList => string.Join(", ", Columns.Select(Quote));

    /// <summary>Text of a page: the rows after a key, or the first ones.</summary>
    /// <param name="parameter">Name of the parameter for a column of the key, by its index.</param>
    public string Page(bool afterKey, Func<int, string> parameter, int rows) =>
        $"SELECT {ColumnList} FROM {Quote(Name)}"
        + (afterKey ? $" WHERE ({string.Join(", ", Key.Select(Quote))}) > ({string.Join(", ", Key.Select((_, i) => parameter(i)))})" : "")
        + $" ORDER BY {string.Join(", ", Key.Select(Quote))} LIMIT {rows}";

    public object?[] KeyOf(object?[] row) => [.. Key.Select(column => row[IndexOf(column)])];

    /// <summary>For messages.</summary>
    public string Describe(object?[] row) => $"{Name} {string.Join(", ", KeyOf(row).Select(value => value is byte[] bytes ? Convert.ToHexStringLower(bytes) : value))}";

    public int IndexOf(string column) => Columns.Index().First(c => c.Item == column).Index;

    public static string Quote(string name) => $"\"{name}\"";
}
