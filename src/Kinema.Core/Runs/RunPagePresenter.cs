using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>Writes a page of runs with its cursors as JSON.</summary>
public sealed class RunPagePresenter(RunPresenter runs)
{
    public byte[] Present(RunPage page, RunListRequest request, IReadOnlyDictionary<Guid, RunExtras>? extras = null) => WireJson.WriteList(
        page.Items,
        (writer, run) => runs.Write(writer, run, request.Fields, extras?.GetValueOrDefault(run.Id)),
        RunCursorCodec.Start,
        Next(page, request.Query),
        Previous(page, request.Query),
        PartialPage.Warning("runs", RunPage.MaxExamined, page.IsCut, page.Examined is not null, request.Query.Backwards));

    // Reading backwards, the run at the cursor itself follows the page.
    private static string? Next(RunPage page, RunListQuery query) =>
        page.Items.Count > 0 && (query.Backwards || page.HasMore) ? Place(page.Items[^1], page.Last, false, query)
        : !query.Backwards && page.Examined is { } examined ? RunCursorCodec.After(examined)
        : null;

    private static string? Previous(RunPage page, RunListQuery query) =>
        page.Items.Count > 0 && (query.Backwards ? page.HasMore : query.Cursor is not null || query.SortedCursor is not null) ? Place(page.Items[0], page.First, true, query)
        : query.Backwards && page.Examined is { } examined ? RunCursorCodec.Before(examined)
        : null;

    private static string Place(Run run, SortedRunCursor? sorted, bool backwards, RunListQuery query) =>
        sorted is not null ? SortedRunCursorCodec.Encode(sorted, backwards, SortKey.Describe(query.Sort))
        : backwards ? RunCursorCodec.Before(new(run.CreatedAt, run.Id))
        : RunCursorCodec.After(new(run.CreatedAt, run.Id));
}
