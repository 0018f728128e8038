using System.Text.Json;

namespace Kinema.Engines;

/// <summary>A generation request with all defaults applied.</summary>
public sealed record VideoRequest
{
    /// <summary>Prompt as the caller wrote it, or null.</summary>
    public string? Prompt { get; init; }

    /// <summary>The prompt in more detail, if the server expanded it; else null. It asks for the same camera, in the same language.</summary>
    public string? ExpandedPrompt { get; init; }

    /// <summary>The prompt to generate from: expanded if it was, else as the caller wrote it. The record has it as <c>model_data.actual_prompt</c>.</summary>
    public string? ActualPrompt => ExpandedPrompt ?? Prompt;

    /// <summary>Negative prompt, or null.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Output resolution.</summary>
    public required VideoResolution Resolution { get; init; }

    /// <summary>Duration of the output, whole seconds.</summary>
    public required int DurationSeconds { get; init; }

    /// <summary>Random seed, 0 to 2147483647. The server draws one if the caller gives none.</summary>
    public required long Seed { get; init; }

    /// <summary>
    /// Whether the caller wants the prompt in more detail. The server does it, except for engines with <see cref="EngineDescriptor.ExpandsPrompts"/>: those get the
    /// wish passed on.
    /// </summary>
    public bool EnablePromptExpansion { get; init; } = true;

    /// <summary>Whether the caller requested moderation.</summary>
    public bool EnableSafetyChecker { get; init; } = true;

    /// <summary>Media inputs by role. Empty before the media are fetched; <see cref="Roles"/> is always complete.</summary>
    public IReadOnlyDictionary<MediaRole, MediaInput> Media { get; init; } = new Dictionary<MediaRole, MediaInput>();

    /// <summary>Media roles that the caller provided.</summary>
    public required IReadOnlyList<MediaRole> Roles { get; init; }

    /// <summary>
    /// Settings of the engine by name, as the model's manifest has them: steps, guidance and the like. One that the caller left out and that has no default is
    /// absent: the engine then takes what its weights need.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Settings { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Opaque name of the run, the same in all its attempts and of no other run, at most 64 characters. Empty before the run exists.</summary>
    public string Key { get; init; } = "";

    /// <summary>Opaque name of the organisation that the run belongs to. Empty where the engine need not know.</summary>
    public string Organization { get; init; } = "";

    /// <summary>Last checkpoint of an earlier attempt, or null.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>First frame, or null.</summary>
    public MediaInput? FirstFrame => Media.GetValueOrDefault(MediaRole.FirstFrame);

    /// <summary>Last frame, or null.</summary>
    public MediaInput? LastFrame => Media.GetValueOrDefault(MediaRole.LastFrame);

    /// <summary>Video to continue, or null.</summary>
    public MediaInput? InputVideo => Media.GetValueOrDefault(MediaRole.InputVideo);

    /// <summary>Audio, or null.</summary>
    public MediaInput? Audio => Media.GetValueOrDefault(MediaRole.Audio);
}
