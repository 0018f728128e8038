namespace Kinema.Engines;

/// <summary>Published capabilities of an engine. A server checks a request against them without loading the engine.</summary>
public sealed record EngineDescriptor
{
    /// <summary>Stable name, as in <c>model_data.engine</c>: lower case letters, digits and dashes.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the engine's behaviour. It changes whenever the same request produces different pixels.</summary>
    public required string Version { get; init; }

    /// <summary>Human-readable name, one line.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Media roles that the engine reads. The server rejects a request with any other role before it stores the run.</summary>
    public required IReadOnlyList<MediaRole> MediaRoles { get; init; }

    /// <summary>Supported output resolutions.</summary>
    public required IReadOnlyList<VideoResolution> Resolutions { get; init; }

    /// <summary>Shortest output, seconds.</summary>
    public required int MinDurationSeconds { get; init; }

    /// <summary>Longest output, seconds.</summary>
    public required int MaxDurationSeconds { get; init; }
}
