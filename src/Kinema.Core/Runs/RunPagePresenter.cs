using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>Writes a page of runs with its cursors as JSON.</summary>
public sealed class RunPagePresenter(RunPresenter runs)
{
    public byte[] Present(RunPage page, RunListRequest request, IReadOnlyDictionary<Guid, RunExtras>? extras = null) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var run in page.Items)
            runs.Write(writer, run, request.Fields, extras?.GetValueOrDefault(run.Id));
        writer.WriteEndArray();
        WireJson.WritePageLinks(writer, RunCursorCodec.Start, Next(page, request.Query), Previous(page, request.Query));
        if (Warning(page, request.Query) is { } warning)
        {
            writer.WriteStartArray("warnings");
            writer.WriteStringValue(warning);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    private static string? Warning(RunPage page, RunListQuery query) =>
        page.IsCut ? $"No index serves this sort_by: the newest {RunPage.MaxExamined} runs were sorted, older ones are left out. Narrow q by created_at to reach them."
        : page.Examined is not null ? $"No index serves this q: {RunPage.MaxExamined} runs were examined for this page. Follow {(query.Backwards ? "previous" : "next")} to go on."
        : null;

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
