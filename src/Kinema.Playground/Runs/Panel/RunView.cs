using System.Text.Json;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Runs;

namespace Kinema.Playground.Runs.Panel;

/// <summary>What a page shows of a run. Made of the stored run and its stored events, so that a reload shows the truth.</summary>
public sealed record RunView
{
    private const int PageSize = 500;
    private const int MaxEvents = 20_000;

    public required Run Run { get; init; }

    /// <summary>The path that a proxy puts before every path.</summary>
    public required string Root { get; init; }

    /// <summary>The page's time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Sequence of the last event that is part of this view; later ones change it.</summary>
    public long LastSequence { get; init; }

    /// <summary>Queue position and estimated end, while the run goes on.</summary>
    public RunForecast? Forecast { get; init; }

    /// <summary>The last progress event, while the run goes on.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>URL of the latest preview, below the root.</summary>
    public string? Preview { get; init; }

    /// <summary>The result's files as signed URLs: absolute, as records have them.</summary>
    public Uri? Video { get; init; }

    /// <inheritdoc cref="Video"/>
    public Uri? Poster { get; init; }

    /// <inheritdoc cref="Video"/>
    public Uri? LastFrame { get; init; }

    /// <summary>Whether the model takes a picture to begin with, or a clip to continue.</summary>
    public bool TakesPicture { get; init; }

    /// <inheritdoc cref="TakesPicture"/>
    public bool TakesClip { get; init; }

    /// <summary>Whether the visitor may cancel, rate and create runs.</summary>
    public bool MayCreate { get; init; }

    public OutputArtifact? VideoFile => Run.Output?.Artifacts.FirstOrDefault(file => file.Role == "video");

    public string Page => $"{Root}/runs/{Run.Id}";

    public string ModelPage => $"{Root}/models/{Run.ModelSlug}";

    /// <summary>Reads a run of the visitor's organisation; null if there is none.</summary>
    internal static async Task<RunView?> ReadAsync(PageRequest page, ApiKey visitor, Guid runId)
    {
        // Events first: what is stored between the two reads is sent to the page again, and nothing is missed.
        var ledger = page.Service<IRunLedger>();
        var (last, progress) = await ReadEventsAsync(ledger, visitor.OrgId, runId, page.Aborted);
        if (await ledger.FindAsync(visitor.OrgId, runId, page.Aborted) is not { } run)
            return null;

        var view = new RunView
        {
            Run = run,
            Root = page.Root,
            Now = page.Service<TimeProvider>().GetUtcNow(),
            LastSequence = last,
            MayCreate = visitor.Scopes.Contains(Scopes.RunsCreate),
        };
        return run.Status.IsTerminal() ? view.WithResult(page.Service<ISignedUrls>(), page.Service<ICatalog>()) : view with
        {
            Progress = run.Status == RunStatus.Running ? progress : null,
            Forecast = await page.Service<IRunForecasts>().ReadAsync(run, page.Aborted),
            Preview = await page.Service<IRunPreviews>().FindAsync(run.OrgId, run.Id, page.Aborted) is { } preview
                ? $"/v1/runs/{run.Id}/preview?n={preview.Sequence}"
                : null,
        };
    }

    private RunView WithResult(ISignedUrls urls, ICatalog catalog)
    {
        var meanings = catalog.Find(Run.ModelSlug)?.Inputs.Select(field => field.Meaning).ToList() ?? [];
        return this with
        {
            Video = Sign(urls, "video"),
            Poster = Sign(urls, "poster"),
            LastFrame = Sign(urls, "last_frame"),
            TakesPicture = meanings.Contains(FieldMeaning.FirstFrame),
            TakesClip = meanings.Contains(FieldMeaning.Clip),
        };
    }

    private Uri? Sign(ISignedUrls urls, string role) =>
        Run.Output?.Artifacts.FirstOrDefault(file => file.Role == role) is { } file ? urls.ForArtifact(Run.OrgId, file.Key) : null;

    private static async Task<(long Last, RunProgress? Progress)> ReadEventsAsync(IRunLedger ledger, Guid orgId, Guid runId, CancellationToken ct)
    {
        var (last, progress) = (0L, (RunProgress?)null);
        while (await ledger.ReadEventsAsync(orgId, runId, last, PageSize, ct) is { Count: > 0 } events && last < MaxEvents)
        {
            last = events[^1].Sequence;
            if (events.LastOrDefault(item => item.Type == RunEvents.ProgressType) is { } latest)
                progress = RunProgress.Read(latest);
        }

        return (last, progress);
    }
}

/// <summary>How far an engine is: frames, or steps of a stage.</summary>
public sealed record RunProgress(string Stage, int Done, int Total)
{
    internal static RunProgress Read(RunEvent item)
    {
        using var data = JsonDocument.Parse(item.DataJson);
        var root = data.RootElement;
        return new(root.GetProperty("stage").GetString() ?? "", root.GetProperty("done").GetInt32(), root.GetProperty("total").GetInt32());
    }
}
