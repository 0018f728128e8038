using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Writes a page of runs with its cursors as JSON.</summary>
public sealed class RunPagePresenter(RunPresenter runs)
{
    public byte[] Present(RunPage page, RunListRequest request) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var run in page.Items)
            runs.Write(writer, run, request.Fields);
        writer.WriteEndArray();
        WireJson.WritePageLinks(writer, RunCursorCodec.Start, Next(page, request.Query), Previous(page, request.Query));
        writer.WriteEndObject();
    });

    // Reading backwards, the run at the cursor itself follows the page.
    private static string? Next(RunPage page, RunListQuery query) =>
        page.Items.Count > 0 && (query.Backwards || page.HasMore) ? RunCursorCodec.After(page.Items[^1]) : null;

    private static string? Previous(RunPage page, RunListQuery query) =>
        page.Items.Count > 0 && (query.Backwards ? page.HasMore : query.Cursor is not null) ? RunCursorCodec.Before(page.Items[0]) : null;
}
