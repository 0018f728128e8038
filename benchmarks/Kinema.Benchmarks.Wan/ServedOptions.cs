namespace Kinema.Benchmarks.Wan;

/// <summary>The videos and the numbers of rounds of <see cref="ServedBenchmark"/>.</summary>
internal sealed record ServedOptions
{
    /// <summary>Most pixels of a frame.</summary>
    public int Area { get; set; } = 224 * 160;

    /// <summary>Frames of a whole run. Small weights take their time for the frames, not for the steps.</summary>
    public int Frames { get; set; } = 65;

    /// <summary>Steps of a whole run.</summary>
    public int Steps { get; set; } = 100;

    public int Rounds { get; set; } = 3;

    public int FirstRounds { get; set; } = 7;

    /// <summary>Frames and steps of a run whose first step counts: few, so that what surrounds them is seen.</summary>
    public ServedSize First { get; } = new(5, 2);

    public ServedSize Whole => new(Frames, Steps);
}

internal sealed record ServedSize(int Frames, int Steps);
