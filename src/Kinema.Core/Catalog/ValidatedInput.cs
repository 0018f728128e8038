using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Pricing;
using Kinema.Engines;

namespace Kinema.Core.Catalog;

/// <summary>An input that is valid for its manifest, with defaults applied. A seed is drawn later, see <see cref="WithSeed"/>.</summary>
public sealed record ValidatedInput
{
    public required ModelManifest Model { get; init; }

    /// <summary>Values by field name: string, <see cref="DataUri"/>, long, decimal, bool or a list of strings. Absent fields without default are missing.</summary>
    public required IReadOnlyDictionary<string, object> Values { get; init; }

    /// <summary>Returns the value of the field with this meaning, or default.</summary>
    public T? Get<T>(FieldMeaning meaning) =>
        Model.Inputs.FirstOrDefault(f => f.Meaning == meaning) is { } field && Values.TryGetValue(field.Name, out var value) ? (T)value : default;

    /// <summary>Media fields that the caller provided: field, role and URL as received.</summary>
    public IReadOnlyList<MediaField> MediaFields =>
        [.. Model.Inputs.Where(f => f.Media is not null && Values.ContainsKey(f.Name)).Select(f => MediaField.From(f, RoleOf(f.Meaning), Values[f.Name]))];

    /// <summary>Price of the requested duration.</summary>
    public Money Price => Model.Price.Amount * DurationSeconds;

    /// <summary>The requested duration, or that of the requested frames.</summary>
    public int DurationSeconds => Get<long>(FieldMeaning.Frames) is > 0 and var frames ? Model.SecondsOf(frames) : (int)Get<long>(FieldMeaning.Duration);

    /// <summary>Returns the input with a seed; keeps a seed of the caller.</summary>
    public ValidatedInput WithSeed(long seed)
    {
        var name = Model.Inputs.FirstOrDefault(f => f.Meaning == FieldMeaning.Seed)?.Name;
        return name is null || Values.ContainsKey(name) ? this : this with { Values = new Dictionary<string, object>(Values) { [name] = seed } };
    }

    /// <summary>Returns the input with what may be shown of inline media in their place.</summary>
    public ValidatedInput WithShownMedia() => this with { Values = Values.ToDictionary(v => v.Key, v => v.Value is DataUri inline ? inline.ToString() : v.Value) };

    /// <summary>Converts to the JSON object stored as effective input. Inline media must have been replaced.</summary>
    public JsonObject ToJson() => new(Values.Select(value => KeyValuePair.Create<string, JsonNode?>(value.Key, ToJson(value.Value))));

    /// <summary>Creates the engine request, before (no media) or after fetching.</summary>
    public VideoRequest ToRequest(IReadOnlyDictionary<MediaRole, MediaInput>? media = null, string? checkpoint = null) => new()
    {
        Prompt = Get<string>(FieldMeaning.Prompt),
        NegativePrompt = Get<string>(FieldMeaning.NegativePrompt),
        Resolution = ResolutionOf(Get<string>(FieldMeaning.Resolution)),
        DurationSeconds = DurationSeconds,
        Seed = Get<long>(FieldMeaning.Seed),
        EnablePromptExpansion = Get<bool>(FieldMeaning.EnablePromptExpansion),
        EnableSafetyChecker = Get<bool>(FieldMeaning.EnableSafetyChecker),
        Roles = [.. MediaFields.Select(f => f.Role)],
        Media = media ?? new Dictionary<MediaRole, MediaInput>(),
        Settings = Settings(),
        Checkpoint = checkpoint,
    };

    /// <summary>Values of the fields that are settings of the engine.</summary>
    private Dictionary<string, JsonElement> Settings() => Model.Inputs
        .Where(field => field.Meaning is FieldMeaning.EngineSetting or FieldMeaning.Frames && Values.ContainsKey(field.Name))
        .ToDictionary(field => field.Name, field => JsonElement.Parse(ToJson(Values[field.Name]).ToJsonString()));

    private static JsonNode ToJson(object value) => value switch
    {
        string text => JsonValue.Create(text),
        long number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        IReadOnlyList<string> texts => new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
        _ => throw new InvalidOperationException($"Unexpected value type {value.GetType()}."),
    };

    private static VideoResolution ResolutionOf(string? name) => name switch
    {
        "480p" => VideoResolution.Sd480,
        "720p" => VideoResolution.Hd720,
        _ => VideoResolution.Hd1080,
    };

    private static MediaRole RoleOf(FieldMeaning meaning) => meaning switch
    {
        FieldMeaning.FirstFrame => MediaRole.FirstFrame,
        FieldMeaning.LastFrame => MediaRole.LastFrame,
        FieldMeaning.Clip => MediaRole.InputVideo,
        FieldMeaning.Audio => MediaRole.Audio,
        _ => throw new InvalidOperationException($"{meaning} is not a medium."),
    };
}

/// <param name="Field">The field.</param>
/// <param name="Role">What it is to the engine.</param>
/// <param name="Url">URL as received; of inline media only what may be shown of them.</param>
/// <param name="Inline">Inline media, or null.</param>
public sealed record MediaField(FieldManifest Field, MediaRole Role, string Url, DataUri? Inline = null)
{
    internal static MediaField From(FieldManifest field, MediaRole role, object value) =>
        value is DataUri inline ? new(field, role, inline.ToString(), inline) : new(field, role, (string)value);
}
