using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Playground.Runs.Panel;

namespace Kinema.Playground.Runs.Detail;

/// <summary>Everything that is stored about a run.</summary>
public sealed record RunDetail
{
    /// <summary>The most events and log lines that a page shows; the API has all.</summary>
    public const int MaxShown = 500;

    // The page encodes the text, so URLs stay readable.
    private static readonly JsonWriterOptions _readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required RunView View { get; init; }
    public required IReadOnlyList<InputRow> Inputs { get; init; }
    public required IReadOnlyList<RunEvent> Events { get; init; }
    public required IReadOnlyList<NodeRun> Phases { get; init; }
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>The record as the API shows it, indented.</summary>
    public required string Record { get; init; }

    public bool MayRedeliver { get; init; }
    public bool MayDelete { get; init; }

    public Run Run => View.Run;

    public IEnumerable<RunEvent> Logs => Events.Where(item => item.Type == RunEvents.LogType);

    internal static async Task<RunDetail?> ReadAsync(PageRequest page, ApiKey visitor, Guid runId)
    {
        if (await RunView.ReadAsync(page, visitor, runId) is not { } view)
            return null;

        var run = view.Run;
        var extras = new RunExtras { Forecast = view.Forecast };
        return new()
        {
            View = view,
            Inputs = await InputRow.ReadAllAsync(page, run),
            Events = await page.Service<IRunLedger>().ReadEventsAsync(run.OrgId, run.Id, 0, MaxShown, page.Aborted) ?? [],
            Phases = NodeRuns.Of(run, await page.Service<IRunHistory>().ReadAttemptsAsync(run.OrgId, run.Id, page.Aborted) ?? []),
            Deliveries = await page.Service<ICallbackOutbox>().ListAsync(run.OrgId, run.Id, page.Aborted) ?? [],
            Record = Indent(page.Service<RunPresenter>().Present(run, extras)),
            MayRedeliver = visitor.Scopes.Contains(Scopes.RunsExecute),
            MayDelete = visitor.Scopes.Contains(Scopes.RunsEdit),
        };
    }

    /// <summary>JSON text as people read it.</summary>
    internal static string Indent(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, _readable))
            document.WriteTo(writer);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
