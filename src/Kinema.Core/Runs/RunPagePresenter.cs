using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Writes a page of runs with its cursors as JSON.</summary>
public sealed class RunPagePresenter(RunPresenter runs)
{
    public byte[] Present(RunPage page, RunListRequest request, IReadOnlyDictionary<Guid, RunExtras>? extras = null)
    {
        var cursors = RunPageCursors.Of(page, request.Query);
        return WireJson.WriteList(
            page.Items,
            (writer, run) => runs.Write(writer, run, request.Fields, extras?.GetValueOrDefault(run.Id)),
            RunCursorCodec.Start,
            cursors.Next,
            cursors.Previous,
            cursors.Warning);
    }
}
