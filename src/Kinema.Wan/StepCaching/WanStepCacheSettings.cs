namespace Kinema.Wan;

/// <summary>
/// The effect of step caching on a generation. It is known in advance: the skipped steps depend on the noise levels alone, not on image or seed.
/// </summary>
public sealed record WanStepCacheSettings
{
    /// <summary>The method: <c>MagCache</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The published magnitude ratios in use, named after the model they were measured on.</summary>
    public required string MagRatios { get; init; }

    /// <summary>The requested options.</summary>
    public required WanStepCache Options { get; init; }

    /// <summary>The skipped steps, counted from 1. Empty if the threshold allows none.</summary>
    public required IReadOnlyList<int> SkippedSteps { get; init; }

    /// <summary>The largest estimated error over a run of skipped steps: the sum of |1 − magnitude ratio| over its steps.</summary>
    public required double EstimatedError { get; init; }

    /// <summary>Maximum bytes of cached residuals on the device.</summary>
    public required long ResidualBytes { get; init; }
}
