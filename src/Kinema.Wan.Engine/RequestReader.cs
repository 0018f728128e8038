using System.Text.Json;
using Kinema.Engines;

namespace Kinema.Wan.Engine;

/// <summary>Translates a request of the engine contract into one of the library.</summary>
internal sealed class RequestReader(WanFamily family, WanEngineOptions options, IImageReader images)
{
    private static readonly Dictionary<string, WanScheduler> _schedulers = new(StringComparer.Ordinal)
    {
        ["unipc"] = WanScheduler.UniPc,
        ["euler"] = WanScheduler.FlowMatchEuler,
        ["distilled"] = WanScheduler.Distilled,
    };

    /// <exception cref="EngineException">An image cannot be decoded, or a setting has a value that this engine does not take.</exception>
    public WanRequest Read(VideoRequest request, CancellationToken ct)
    {
        var defaults = WanDefaults.Of(family);
        var settings = request.Settings;
        return new()
        {
            Image = Picture(request.FirstFrame!, ct),
            LastImage = request.LastFrame is { } last ? Picture(last, ct) : null,
            Prompt = request.ActualPrompt ?? "",
            NegativePrompt = request.NegativePrompt,
            MaxArea = Math.Min(FamilyTraits.AreaOf(family, request.Resolution), options.MaxArea ?? int.MaxValue),
            NumFrames = Int(settings, SettingNames.Frames) ?? Math.Min((request.DurationSeconds * defaults.FramesPerSecond) + 1, defaults.NumFrames),
            NumInferenceSteps = Int(settings, SettingNames.Steps),
            GuidanceScale = Number(settings, SettingNames.Guidance),
            GuidanceScale2 = Number(settings, SettingNames.Guidance2),
            FlowShift = Number(settings, SettingNames.Shift),
            Scheduler = Text(settings, SettingNames.Scheduler) is { } scheduler ? Scheduler(scheduler) : null,
            Seed = request.Seed,
            StepCache = options.StepCache,
            Previews = true,
        };
    }

    /// <summary>The LoRAs that the request names, in the order of their names, so that the same choice loads nothing again.</summary>
    /// <exception cref="EngineException">The operator offers no LoRA of that name.</exception>
    public IReadOnlyList<string> Loras(VideoRequest request)
    {
        if (!request.Settings.TryGetValue(SettingNames.Loras, out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw Wrong(SettingNames.Loras, value, "a list of names");

        var names = value.EnumerateArray().Select(item => item.GetString()!).Distinct().Order(StringComparer.Ordinal).ToList();
        return names.Find(name => !options.OptionalLoras.ContainsKey(name)) is { } unknown
            ? throw new EngineException($"{SettingNames.Loras} has \"{unknown}\"; this engine offers {Offered()}.")
            : names;
    }

    private string Offered() => options.OptionalLoras.Count == 0 ? "none" : string.Join(", ", options.OptionalLoras.Keys.Order(StringComparer.Ordinal));

    private RgbImage Picture(MediaInput input, CancellationToken ct)
    {
        var image = images.Read(input, ct);
        return new(image.Width, image.Height, image.Pixels);
    }

    private static WanScheduler Scheduler(string name) => _schedulers.TryGetValue(name, out var scheduler)
        ? scheduler
        : throw new EngineException($"{SettingNames.Scheduler} must be one of {string.Join(", ", _schedulers.Keys)}; got \"{name}\".");

    private static int? Int(IReadOnlyDictionary<string, JsonElement> settings, string name) => Find(settings, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, value, "a whole number");

    private static double? Number(IReadOnlyDictionary<string, JsonElement> settings, string name) => Find(settings, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong(name, value, "a number");

    private static string? Text(IReadOnlyDictionary<string, JsonElement> settings, string name) => Find(settings, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, value, "a text");

    private static JsonElement? Find(IReadOnlyDictionary<string, JsonElement> settings, string name) =>
        settings.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static EngineException Wrong(string name, JsonElement value, string allowed) => new($"{name} must be {allowed}; got {value.GetRawText()}.");
}
