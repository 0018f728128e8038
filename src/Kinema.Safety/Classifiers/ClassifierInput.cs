namespace Kinema.Safety.Classifiers;

/// <summary>How a picture becomes a classifier's input: stretched to its size, then <c>(value - mean) / deviation</c> for values of 0 to 255.</summary>
internal sealed record ClassifierInput
{
    private const int MinSide = 8;
    private const int MaxSide = 1024;

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Order of the numbers.</summary>
    public ClassifierLayout Layout { get; init; } = ClassifierLayout.Nchw;

    /// <summary>Order of the channels.</summary>
    public ClassifierColors Colors { get; init; } = ClassifierColors.Rgb;

    /// <summary>How larger and smaller pictures are fitted.</summary>
    public ClassifierResize Resize { get; init; } = ClassifierResize.Area;

    /// <summary>By channel.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>By channel.</summary>
    public required IReadOnlyList<double> Deviation { get; init; }

    public string? FindProblem()
    {
        if (Width is < MinSide or > MaxSide || Height is < MinSide or > MaxSide)
            return $"input.width and input.height must be from {MinSide} to {MaxSide}; got {Width} and {Height}";
        if (Mean.Count != 3 || Deviation.Count != 3)
            return "input.mean and input.deviation must have three numbers each";
        return Deviation.Any(value => !(value > 0)) ? "input.deviation must be above 0" : null;
    }
}

internal enum ClassifierLayout
{
    Nchw,
    Nhwc,
}

internal enum ClassifierColors
{
    Rgb,
    Bgr,
}

internal enum ClassifierResize
{
    /// <summary>The mean of the pixels that a pixel of the input covers.</summary>
    Area,

    /// <summary>Between four pixels, with the corners on the corners, as tfjs resizes with <c>alignCorners</c>.</summary>
    Corners,
}
