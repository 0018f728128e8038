namespace Kinema.Engines;

/// <summary>One media input of a request: fetched, inspected and available as a local file.</summary>
public sealed record MediaInput
{
    /// <summary>Path of the local file; read only.</summary>
    public required string Path { get; init; }

    /// <summary>Source URI as the caller wrote it, or null for inline data.</summary>
    public string? SourceUri { get; init; }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Content type, detected from the bytes, for example <c>image/png</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>File size, bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Width after orientation, pixels; null for audio.</summary>
    public int? Width { get; init; }

    /// <summary>Height after orientation, pixels; null for audio.</summary>
    public int? Height { get; init; }

    /// <summary>Duration of a video or audio file, seconds; null for images.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether a video has an audio track; true for audio files.</summary>
    public bool HasAudio { get; init; }

    /// <summary>Opaque stream details that the inspection stores for the decoder; null if the decoder must probe the file itself.</summary>
    public string? Details { get; init; }
}
