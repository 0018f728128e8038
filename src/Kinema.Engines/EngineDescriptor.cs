namespace Kinema.Engines;

/// <summary>What an engine publishes about itself, as data, so that a server can judge a request without loading the engine.</summary>
public sealed record EngineDescriptor
{
    /// <summary>Stable name, as in <c>model_data.engine</c>: lower case letters, digits and dashes.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the engine's behaviour; it changes whenever the same request gives other pixels.</summary>
    public required string Version { get; init; }

    /// <summary>One line for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The media roles the engine reads. A request with any other role is refused before it is stored.</summary>
    public required IReadOnlyList<MediaRole> MediaRoles { get; init; }

    /// <summary>The output sizes the engine makes.</summary>
    public required IReadOnlyList<VideoResolution> Resolutions { get; init; }

    /// <summary>Shortest output, seconds.</summary>
    public required int MinDurationSeconds { get; init; }

    /// <summary>Longest output, seconds.</summary>
    public required int MaxDurationSeconds { get; init; }
}
