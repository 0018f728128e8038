namespace Kinema.Wan.Worker.Checks;

/// <summary>What <c>kinema wan check</c> found.</summary>
internal sealed record CheckResult(WanSelfCheckReport Arithmetic, SpeedResult Speed);

/// <summary>Times of the short video, and what follows for one with the model's defaults.</summary>
internal sealed record SpeedResult
{
    public required WanSettings Settings { get; init; }

    public required double LoadSeconds { get; init; }

    public required double EncodeSeconds { get; init; }

    public required double StepSeconds { get; init; }

    public required double DecodeSeconds { get; init; }

    /// <summary>Floating-point operations a second while denoising.</summary>
    public required double OperationsPerSecond { get; init; }

    /// <summary>The settings of a video with the model's defaults.</summary>
    public required WanSettings DefaultSettings { get; init; }

    /// <summary>Seconds that it would take with the weights loaded: steps by their operations, encoding and decoding by pixels.</summary>
    public required double ExpectedSeconds { get; init; }
}
