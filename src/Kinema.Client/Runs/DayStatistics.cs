namespace Kinema.Client;

/// <summary>The runs of a day.</summary>
public sealed record DayStatistics
{
    /// <summary>UTC day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Number of runs created.</summary>
    public long Runs { get; init; }

    /// <summary>What they cost, US dollars.</summary>
    public decimal Spend { get; init; }
}
