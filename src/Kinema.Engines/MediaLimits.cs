namespace Kinema.Engines;

/// <summary>What a picture, clip or sound may be; null means no limit of that kind.</summary>
public sealed record MediaLimits
{
    /// <summary>Content types accepted, found by looking at the bytes.</summary>
    public required IReadOnlyList<string> ContentTypes { get; init; }

    /// <summary>Longest file, bytes.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Shortest side, pixels.</summary>
    public int? MinSide { get; init; }

    /// <summary>Longest side, pixels.</summary>
    public int? MaxSide { get; init; }

    /// <summary>Largest area, pixels.</summary>
    public long? MaxPixels { get; init; }

    /// <summary>Longest side over shortest side.</summary>
    public double? MaxAspectRatio { get; init; }

    /// <summary>Shortest duration, seconds.</summary>
    public double? MinSeconds { get; init; }

    /// <summary>Longest duration, seconds.</summary>
    public double? MaxSeconds { get; init; }
}
