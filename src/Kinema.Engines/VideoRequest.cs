namespace Kinema.Engines;

/// <summary>What to make, with every default applied.</summary>
public sealed record VideoRequest
{
    /// <summary>What the video should show, or null.</summary>
    public string? Prompt { get; init; }

    /// <summary>What it should not show, or null.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Output tier.</summary>
    public required VideoResolution Resolution { get; init; }

    /// <summary>Whole seconds of the output.</summary>
    public required int DurationSeconds { get; init; }

    /// <summary>Seed, 0 to 2147483647; drawn by the server where the caller gave none.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether the engine may rewrite the prompt.</summary>
    public bool EnablePromptExpansion { get; init; } = true;

    /// <summary>Whether the caller asked for moderation.</summary>
    public bool EnableSafetyChecker { get; init; } = true;

    /// <summary>The media, by role. Before the fetch the map may be empty; <see cref="Roles"/> is always complete.</summary>
    public IReadOnlyDictionary<MediaRole, MediaInput> Media { get; init; } = new Dictionary<MediaRole, MediaInput>();

    /// <summary>The roles the caller filled.</summary>
    public required IReadOnlyList<MediaRole> Roles { get; init; }

    /// <summary>The last checkpoint of an earlier attempt, or null.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The first frame, or null.</summary>
    public MediaInput? FirstFrame => Media.GetValueOrDefault(MediaRole.FirstFrame);

    /// <summary>The last frame, or null.</summary>
    public MediaInput? LastFrame => Media.GetValueOrDefault(MediaRole.LastFrame);

    /// <summary>The clip to continue, or null.</summary>
    public MediaInput? Clip => Media.GetValueOrDefault(MediaRole.InputVideo);

    /// <summary>The sound, or null.</summary>
    public MediaInput? Sound => Media.GetValueOrDefault(MediaRole.Audio);
}
