namespace Kinema.Fleets.Endpoints;

/// <summary>A server of the fleet and what it has of ours. Guarded by its <see cref="EndpointPool"/>.</summary>
internal sealed class FleetEndpoint(Uri address, bool takesRuns)
{
    public Uri Address => address;

    /// <summary>Whether it gets new runs; one that is drained, or that a run's checkpoint names and the settings no longer do, gets none.</summary>
    public bool TakesRuns => takesRuns;

    /// <summary>Whether it answered the last time.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Jobs of ours that it has.</summary>
    public HashSet<string> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Places taken, by jobs and by submits under way.</summary>
    public int Taken { get; set; }
}
