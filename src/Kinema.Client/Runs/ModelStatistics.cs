namespace Kinema.Client;

/// <summary>The runs of a model.</summary>
public sealed record ModelStatistics
{
    /// <summary>Model path.</summary>
    public required string FlowSlug { get; init; }

    /// <summary>Display name of the model.</summary>
    public string? FlowName { get; init; }

    /// <summary>Number of runs created.</summary>
    public long Runs { get; init; }

    /// <summary>What they cost, US dollars.</summary>
    public decimal Spend { get; init; }

    /// <summary>Average time from creation to end, milliseconds; null if none has ended.</summary>
    public long? AvgDurationMs { get; init; }
}
