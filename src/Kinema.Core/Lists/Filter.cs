namespace Kinema.Core.Lists;

/// <summary>A filter whose names and values are those of a list.</summary>
/// <remarks>
/// Two-valued: a comparison with a field that has no value is false, and <c>!=</c> true. So NOT turns every answer round, in SQL as in memory.
/// </remarks>
public abstract record Filter
{
    /// <param name="Field">The field.</param>
    /// <param name="Operator">One of the field's operators.</param>
    /// <param name="Value">
    /// As it is stored: a string (an id in lower case), or a long (microseconds, micro-dollars, 0 or 1); null for no value, with
    /// <see cref="FilterOperator.Equal"/> and <see cref="FilterOperator.NotEqual"/> only.
    /// </param>
    public sealed record Comparison(FilterField Field, FilterOperator Operator, object? Value) : Filter;

    public sealed record All(IReadOnlyList<Filter> Terms) : Filter
    {
        public bool Equals(All? other) => other is not null && Terms.SequenceEqual(other.Terms);

        public override int GetHashCode() => Terms.Count;
    }

    public sealed record Any(IReadOnlyList<Filter> Terms) : Filter
    {
        public bool Equals(Any? other) => other is not null && Terms.SequenceEqual(other.Terms);

        public override int GetHashCode() => Terms.Count;
    }

    public sealed record Not(Filter Term) : Filter;

    /// <summary>Whether an index in the order of the field can narrow by this term: any comparison but !=, with a value.</summary>
    public bool IsRangeOf(FilterField range) => this is Comparison { Field: var field, Operator: not FilterOperator.NotEqual, Value: not null } && field == range;

    /// <summary>The terms that must all hold: one, unless the filter is a conjunction.</summary>
    public IReadOnlyList<Filter> Conjuncts => this is All all ? all.Terms : [this];
}
