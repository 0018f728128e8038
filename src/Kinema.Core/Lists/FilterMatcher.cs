namespace Kinema.Core.Lists;

/// <summary>Decides in memory what a filter decides in SQL: for lists that are short, and as the reference in tests.</summary>
/// <param name="read">Returns an item's stored value of a field: a string, a long, or null.</param>
public sealed class FilterMatcher<T>(Func<T, FilterField, object?> read)
{
    private const long MicrosPerMillisecond = 1_000;

    public bool Matches(Filter? filter, T item) => filter switch
    {
        null => true,
        Filter.All all => all.Terms.All(term => Matches(term, item)),
        Filter.Any any => any.Terms.Any(term => Matches(term, item)),
        Filter.Not not => !Matches(not.Term, item),
        Filter.Comparison comparison => Compare(comparison, read(item, comparison.Field)),
        _ => throw new ArgumentException($"{filter.GetType()} is no filter."),
    };

    private static bool Compare(Filter.Comparison comparison, object? actual)
    {
        if (comparison.Value is null || actual is null)
        {
            var same = comparison.Value is null && actual is null;
            return comparison.Operator switch { FilterOperator.Equal => same, FilterOperator.NotEqual => !same, _ => false };
        }

        var order = Order(comparison.Field.Kind, actual, comparison.Value);
        return comparison.Operator switch
        {
            FilterOperator.Equal => order == 0,
            FilterOperator.NotEqual => order != 0,
            FilterOperator.Less => order < 0,
            FilterOperator.LessOrEqual => order <= 0,
            FilterOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static int Order(FilterValueKind kind, object one, object other) => (one, other) switch
    {
        (long a, long b) when kind == FilterValueKind.Time => a < b ? -1 : a < b + MicrosPerMillisecond ? 0 : 1,
        _ => StoredOrder.Compare(one, other),
    };
}
