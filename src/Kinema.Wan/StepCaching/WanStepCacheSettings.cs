namespace Kinema.Wan;

/// <summary>What step caching does to a generation. It is known beforehand: which steps are skipped depends on the noise levels alone, not on picture or seed.</summary>
public sealed record WanStepCacheSettings
{
    /// <summary>The method: <c>MagCache</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The published magnitudes it goes by, named by the model they were measured on.</summary>
    public required string MagRatios { get; init; }

    /// <summary>What was asked for.</summary>
    public required WanStepCache Options { get; init; }

    /// <summary>The steps without transformer blocks, counted from 1: <c>9, 10, 12</c>. Empty where the threshold allows none.</summary>
    public required string SkippedSteps { get; init; }

    /// <summary>The largest estimated error that a run of skipped steps gets to: the sum of |1 − magnitude ratio| over its steps.</summary>
    public required double EstimatedError { get; init; }

    /// <summary>Bytes on the device for what is kept of earlier steps, at most.</summary>
    public required long ResidualBytes { get; init; }
}
