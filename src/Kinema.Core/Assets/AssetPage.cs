using Kinema.Core.Lists;

namespace Kinema.Core.Assets;

/// <param name="Items">In reading order.</param>
/// <param name="HasMore">Another asset follows in the direction read.</param>
public sealed record AssetPage(IReadOnlyList<Asset> Items, bool HasMore)
{
    /// <summary>The most assets that a query without an index examines for a page.</summary>
    public const int MaxExamined = 10_000;

    /// <summary>Where examination stopped before the page was full, in an order by creation.</summary>
    public ListCursor? Examined { get; init; }

    /// <summary>Whether there are older assets than those that were sorted by other keys.</summary>
    public bool IsCut { get; init; }
}
