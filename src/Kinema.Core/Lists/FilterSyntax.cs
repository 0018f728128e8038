namespace Kinema.Core.Lists;

/// <summary>A filter as written: names and values are not yet those of a list.</summary>
internal abstract record FilterSyntax
{
    /// <param name="Field">The field's name as written.</param>
    /// <param name="Operator">A symbol, or the word of the dotted form.</param>
    /// <param name="Value">The value without its quotes.</param>
    /// <param name="IsQuoted">Whether it had quotes: <c>null</c> without them means no value.</param>
    /// <param name="Column">Where the comparison starts, from 1.</param>
    public sealed record Comparison(string Field, string Operator, string Value, bool IsQuoted, int Column) : FilterSyntax;

    public sealed record All(IReadOnlyList<FilterSyntax> Terms) : FilterSyntax;

    public sealed record Any(IReadOnlyList<FilterSyntax> Terms) : FilterSyntax;

    public sealed record Not(FilterSyntax Term) : FilterSyntax;
}
