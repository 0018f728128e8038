using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>A page of runs, by creation time and id unless <see cref="Sort"/> says otherwise.</summary>
public sealed record RunListQuery
{
    /// <summary>1 to 500.</summary>
    public required int Limit { get; init; }

    public Filter? Filter { get; init; }

    /// <summary>Newest first unless set.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Start after this run in reading order (or before it, see <see cref="Backwards"/>).</summary>
    public RunCursor? Cursor { get; init; }

    /// <summary>Read the page that ends before the cursor.</summary>
    public bool Backwards { get; init; }

    /// <summary>Keys to sort the newest runs by, instead of by creation.</summary>
    public IReadOnlyList<SortKey> Sort { get; init; } = [];

    /// <summary>The cursor within <see cref="Sort"/>.</summary>
    public SortedRunCursor? SortedCursor { get; init; }

    /// <summary>Whether an index answers it. Any other query examines <see cref="RunPage.MaxExamined"/> runs at most.</summary>
    public bool IsIndexed => Sort.Count == 0 && (Filter is null || Filter.Conjuncts.All(IsIndexable) && Filter.Conjuncts.Count(IsEquality) <= 1);

    /// <summary>Whether an index can narrow the runs by this term: equality with a status, model, engine or reference, or a range of creation times.</summary>
    public static bool IsIndexable(Filter term) => IsEquality(term) || term.IsRangeOf(RunFields.CreatedAt);

    /// <summary>Whether the term is the equality that an index of runs begins with.</summary>
    public static bool IsEquality(Filter term) =>
        term is Filter.Comparison { Operator: FilterOperator.Equal, Value: not null, Field: var field }
        && (field == RunFields.Status || field == RunFields.Model || field == RunFields.Engine || field == RunFields.ClientRef);
}

/// <summary>A place between two runs.</summary>
public sealed record RunCursor(DateTimeOffset CreatedAt, Guid Id);

/// <summary>A place between two runs in an order of other keys.</summary>
/// <param name="Newest">Runs created later are not part of the list; so pages stay whole while runs are added.</param>
/// <param name="Values">The run's stored values of the keys: strings, longs, or null.</param>
/// <param name="Id">The run.</param>
public sealed record SortedRunCursor(DateTimeOffset Newest, IReadOnlyList<object?> Values, Guid Id);

/// <param name="Items">In reading order.</param>
/// <param name="HasMore">Another run follows in the direction read.</param>
public sealed record RunPage(IReadOnlyList<Run> Items, bool HasMore)
{
    /// <summary>The most runs that a query without an index examines for a page.</summary>
    public const int MaxExamined = 10_000;

    /// <summary>Where examination stopped before the page was full; older runs (or newer, in reading direction) were not looked at.</summary>
    public RunCursor? Examined { get; init; }

    /// <summary>The sort keys' stored values of the first and the last item, if the query had keys.</summary>
    public SortedRunCursor? First { get; init; }

    /// <inheritdoc cref="First"/>
    public SortedRunCursor? Last { get; init; }

    /// <summary>Whether there are older runs than those that were sorted.</summary>
    public bool IsCut { get; init; }
}
