namespace Kinema.Core.Lists;

/// <summary>The type of a field that lists can be filtered and sorted by.</summary>
public enum FilterValueKind
{
    /// <summary>Text, compared by its code points.</summary>
    Text,

    /// <summary>One of a few codes.</summary>
    Choice,

    /// <summary>A UUID.</summary>
    Id,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>US dollars, stored as micro-dollars.</summary>
    Amount,

    /// <summary>A time, stored as microseconds since 1970 UTC and compared by the milliseconds that records show.</summary>
    Time,

    /// <summary>true or false.</summary>
    Flag,
}

/// <summary>A field that a list can be filtered by.</summary>
/// <param name="Name">Its name in records and filters.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Choices">The codes of a <see cref="FilterValueKind.Choice"/>.</param>
/// <param name="IsSortable">Whether <c>sort_by</c> takes it.</param>
public sealed record FilterField(string Name, FilterValueKind Kind, IReadOnlyList<string>? Choices = null, bool IsSortable = false)
{
    /// <summary>What the field can be compared by: only numbers and times have an order that callers mean.</summary>
    public IReadOnlyList<FilterOperator> Operators => Kind is FilterValueKind.Integer or FilterValueKind.Amount or FilterValueKind.Time
        ? Enum.GetValues<FilterOperator>()
        : [FilterOperator.Equal, FilterOperator.NotEqual];
}
