namespace Kinema.Core.Lists;

/// <summary>How a filter compares a field with a value.</summary>
public enum FilterOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Spellings of the operators: as symbols (equality as <c>:</c> too), and as the words of the dotted form <c>field.EQ:'value'</c>.</summary>
public static class FilterOperators
{
    private static readonly (FilterOperator Operator, string Symbol, string[] Words)[] _all =
    [
        (FilterOperator.Equal, "=", ["EQ"]),
        (FilterOperator.NotEqual, "!=", ["NE", "NEQ"]),
        (FilterOperator.Less, "<", ["LT"]),
        (FilterOperator.LessOrEqual, "<=", ["LE", "LTE"]),
        (FilterOperator.Greater, ">", ["GT"]),
        (FilterOperator.GreaterOrEqual, ">=", ["GE", "GTE"]),
    ];

    public static string ToSymbol(this FilterOperator op) => _all.Single(entry => entry.Operator == op).Symbol;

    /// <summary>Every word, for error messages.</summary>
    public static string Words { get; } = string.Join(", ", _all.SelectMany(entry => entry.Words));

    /// <summary>Reads a symbol, or a word in any case.</summary>
    public static FilterOperator? Read(string text) => text == ":"
        ? FilterOperator.Equal
        : _all.FirstOrDefault(entry => entry.Symbol == text || entry.Words.Contains(text, StringComparer.OrdinalIgnoreCase)) is { Words: not null } found ? found.Operator : null;
}
