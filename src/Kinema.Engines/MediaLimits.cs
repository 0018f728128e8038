namespace Kinema.Engines;

/// <summary>Limits for an image, video or audio input; null means no limit.</summary>
public sealed record MediaLimits
{
    /// <summary>Accepted content types, detected from the bytes.</summary>
    public required IReadOnlyList<string> ContentTypes { get; init; }

    /// <summary>Maximum file size, bytes.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Minimum side length, pixels.</summary>
    public int? MinSide { get; init; }

    /// <summary>Maximum side length, pixels.</summary>
    public int? MaxSide { get; init; }

    /// <summary>Maximum area, pixels.</summary>
    public long? MaxPixels { get; init; }

    /// <summary>Maximum aspect ratio: longer side divided by shorter side.</summary>
    public double? MaxAspectRatio { get; init; }

    /// <summary>Minimum duration, seconds.</summary>
    public double? MinSeconds { get; init; }

    /// <summary>Maximum duration, seconds.</summary>
    public double? MaxSeconds { get; init; }
}
