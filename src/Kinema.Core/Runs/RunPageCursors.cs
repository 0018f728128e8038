using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>The way from a page of runs to its neighbours.</summary>
/// <param name="Next">Cursor of the next page in reading order, or null.</param>
/// <param name="Previous">Cursor of the one before, or null.</param>
/// <param name="Warning">What the page leaves out because no index serves it, or null.</param>
public sealed record RunPageCursors(string? Next, string? Previous, string? Warning)
{
    public static RunPageCursors Of(RunPage page, RunListQuery query) => new(
        NextOf(page, query),
        PreviousOf(page, query),
        PartialPage.Warning("runs", RunPage.MaxExamined, page.IsCut, page.Examined is not null, query.Backwards));

    // Reading backwards, the run at the cursor itself follows the page.
    private static string? NextOf(RunPage page, RunListQuery query) =>
        page.Items.Count > 0 && (query.Backwards || page.HasMore) ? Place(page.Items[^1], page.Last, false, query)
        : !query.Backwards && page.Examined is { } examined ? RunCursorCodec.After(examined)
        : null;

    private static string? PreviousOf(RunPage page, RunListQuery query) =>
        page.Items.Count > 0 && (query.Backwards ? page.HasMore : query.Cursor is not null || query.SortedCursor is not null) ? Place(page.Items[0], page.First, true, query)
        : query.Backwards && page.Examined is { } examined ? RunCursorCodec.Before(examined)
        : null;

    private static string Place(Run run, SortedRunCursor? sorted, bool backwards, RunListQuery query) =>
        sorted is not null ? SortedRunCursorCodec.Encode(sorted, backwards, SortKey.Describe(query.Sort))
        : backwards ? RunCursorCodec.Before(new(run.CreatedAt, run.Id))
        : RunCursorCodec.After(new(run.CreatedAt, run.Id));
}
