using System.Text.Json;

namespace Kinema.Engines;

/// <summary>Result of checking whether an engine supports a request.</summary>
/// <param name="Role">Unsupported media role, or null if the reason is not a medium.</param>
/// <param name="Reason">One sentence for the caller, or null if the engine supports the request.</param>
public sealed record EngineSupport(MediaRole? Role, string? Reason)
{
    /// <summary>The engine supports the request.</summary>
    public static EngineSupport Supported { get; } = new(null, null);

    /// <summary>Name of the unsupported setting, or null if the reason is not a setting.</summary>
    public string? Setting { get; init; }

    /// <summary>Whether the engine supports the request.</summary>
    public bool IsSupported => Reason is null;

    /// <summary>Checks media, resolution, duration and settings against the published descriptor.</summary>
    public static EngineSupport FromDescriptor(EngineDescriptor engine, VideoRequest request)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(request);
        foreach (var role in request.Roles)
        {
            if (!engine.MediaRoles.Contains(role))
                return new(role, "not served by the engine bound here");
        }

        if (engine.MediaCombinations is { } combinations && !combinations.Any(roles => roles.ToHashSet().SetEquals(request.Roles)))
            return new(null, $"{NamesOf(request.Roles)} is no set of media for the engine '{engine.Id}', which takes {string.Join(" or ", combinations.Select(NamesOf))}");
        if (!engine.Resolutions.Contains(request.Resolution))
            return new(null, $"the resolution {NameOf(request.Resolution)} is not served by the engine '{engine.Id}', which makes {List(engine.Resolutions.Select(NameOf))}");

        return request.DurationSeconds < engine.MinDurationSeconds || request.DurationSeconds > engine.MaxDurationSeconds
            ? new(null, $"duration must be from {engine.MinDurationSeconds} to {engine.MaxDurationSeconds} seconds for the engine '{engine.Id}'")
            : request.Settings.Select(setting => CheckSetting(engine, setting.Key, setting.Value)).FirstOrDefault(support => !support.IsSupported) ?? Supported;
    }

    private static EngineSupport CheckSetting(EngineDescriptor engine, string name, JsonElement value)
    {
        if (engine.Settings?.Contains(name) != true)
            return new(null, "is not read by the engine bound here") { Setting = name };
        if (engine.SettingValues?.TryGetValue(name, out var offered) != true)
            return Supported;

        var texts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1);
        return texts.Select(text => text.ToString()).FirstOrDefault(text => !offered!.Contains(text)) is not { } unknown
            ? Supported
            : new(null, offered!.Count == 0
                ? $"must be left out: this server offers none; got \"{unknown}\""
                : $"must be of {string.Join(", ", offered.Select(one => $"\"{one}\""))}, which this server offers; got \"{unknown}\"")
            { Setting = name };
    }

    private static string NamesOf(IEnumerable<MediaRole> roles)
    {
        var names = string.Join(" with ", roles.Order().Select(NameOf));
        return names.Length == 0 ? "no medium" : names;
    }

    private static string NameOf(MediaRole role) => role switch
    {
        MediaRole.FirstFrame => "a first frame",
        MediaRole.LastFrame => "a last frame",
        MediaRole.InputVideo => "a clip",
        _ => "a sound",
    };

    private static string NameOf(VideoResolution resolution) => $"{resolution.ToString()[2..]}p";

    private static string List(IEnumerable<string> names) => string.Join(" and ", names);
}
