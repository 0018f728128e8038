namespace Kinema.Core.Lists;

/// <summary>What a page says whose list no index serves.</summary>
internal static class PartialPage
{
    /// <param name="items">What the list holds, in the plural.</param>
    /// <param name="most">The most that are examined.</param>
    /// <param name="isCut">Whether older ones than those that were sorted are left out.</param>
    /// <param name="isExamined">Whether examination stopped before the page was full.</param>
    /// <param name="backwards">Whether the page was read backwards.</param>
    public static string? Warning(string items, int most, bool isCut, bool isExamined, bool backwards) =>
        isCut ? $"No index serves this sort_by: the newest {most} {items} were sorted, older ones are left out. Narrow q by created_at to reach them."
        : isExamined ? $"No index serves this q: {most} {items} were examined for this page. Follow {(backwards ? "previous" : "next")} to go on."
        : null;
}
