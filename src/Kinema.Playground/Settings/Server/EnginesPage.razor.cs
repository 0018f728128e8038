using System.Text.Json;
using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Server;

/// <summary>Shows which engine serves runs here, the workers and whether the server is ready.</summary>
public sealed partial class EnginesPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<BoundModel> Bindings { get; set; }

    /// <summary>Whether a run waits for an engine that no worker offers.</summary>
    [Parameter]
    public bool Waits { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, EngineDescriptor> Engines { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<RegisteredWorker> Workers { get; set; }

    [Parameter, EditorRequired]
    public required QueueDepth Queue { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ReadinessFact> Checks { get; set; }

    private IEnumerable<string> ModelsOf(string engine) => Bindings.Where(bound => bound.Engines.Contains(engine)).Select(bound => bound.Model.Name);

    private static string Health(RegisteredWorker worker) => worker switch
    {
        { Silent: > 0 } => $"silent for {worker.Silent} of {worker.Active} runs; they will be taken back",
        { Draining: true } => $"drains, gets no more runs; has {worker.Active}",
        { Active: 0 } => $"idle, takes {worker.Capacity} at once",
        _ => $"works on {worker.Active} of {worker.Capacity}",
    };

    private static string NameOf(MediaRole role) => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString()).Replace('_', ' ');

    /// <summary>As requests name it: 720p.</summary>
    private static string NameOf(VideoResolution resolution) => $"{resolution.ToString()[2..]}p";
}

/// <param name="Model">A model.</param>
/// <param name="Engines">Ids of its engines, in order of preference.</param>
public sealed record BoundModel(ModelManifest Model, IReadOnlyList<string> Engines);
