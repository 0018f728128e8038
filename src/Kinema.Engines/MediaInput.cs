namespace Kinema.Engines;

/// <summary>One input of a request, fetched, checked and readable as a local file.</summary>
public sealed record MediaInput
{
    /// <summary>Local file; read only.</summary>
    public required string Path { get; init; }

    /// <summary>Where it came from, as the caller wrote it, or null for inline data.</summary>
    public string? SourceUri { get; init; }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public required string Digest { get; init; }

    /// <summary>Type found by looking at the bytes, for example <c>image/png</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Length of the file.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Width after orientation, pixels; null for sound.</summary>
    public int? Width { get; init; }

    /// <summary>Height after orientation, pixels; null for sound.</summary>
    public int? Height { get; init; }

    /// <summary>Length of a clip or sound, seconds; null for pictures.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether a clip has sound; true for sounds.</summary>
    public bool HasAudio { get; init; }

    /// <summary>What the inspection found inside a clip or sound, for those who decode it and nobody else; null where they have to look themselves.</summary>
    public string? Details { get; init; }
}
