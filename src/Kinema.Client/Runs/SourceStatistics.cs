namespace Kinema.Client;

/// <summary>The runs of a source.</summary>
public sealed record SourceStatistics
{
    /// <summary>Source: <c>api</c>, <c>cli</c>, ...</summary>
    public required string SourceCode { get; init; }

    /// <summary>Number of runs created.</summary>
    public long Runs { get; init; }

    /// <summary>Share of all runs, percent.</summary>
    public double Pct { get; init; }
}
