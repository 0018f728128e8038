namespace Kinema.Core.Runs;

/// <summary>A page of runs, by creation time and id.</summary>
public sealed record RunListQuery
{
    /// <summary>1 to 500.</summary>
    public required int Limit { get; init; }

    /// <summary>Newest first unless set.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Start after this run in reading order (or before it, see <see cref="Backwards"/>).</summary>
    public RunCursor? Cursor { get; init; }

    /// <summary>Read the page that ends before the cursor.</summary>
    public bool Backwards { get; init; }

    public RunStatus? Status { get; init; }
    public string? ClientRef { get; init; }
    public string? ModelSlug { get; init; }
}

/// <summary>A place between two runs.</summary>
public sealed record RunCursor(DateTimeOffset CreatedAt, Guid Id);

/// <param name="Items">In reading order.</param>
/// <param name="HasMore">Another run follows in the direction read.</param>
public sealed record RunPage(IReadOnlyList<Run> Items, bool HasMore);
