using System.ComponentModel.DataAnnotations;

namespace Kinema.Core.Runs;

/// <summary>Section <c>Runs</c>: limits and timeouts of runs.</summary>
public sealed class RunPolicy
{
    /// <summary>A claim is lost when its worker is silent for this long.</summary>
    [Range(2, 3600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>Attempts that may be lost or broken before the run fails.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>A run that has waited this long for its first attempt fails with <c>TIMED_OUT</c>.</summary>
    [Range(10, 604_800)]
    public int QueueTimeToLiveSeconds { get; set; } = 86_400;

    /// <summary>From create to the end, whatever happens.</summary>
    [Range(10, 1_209_600)]
    public int TotalDeadlineSeconds { get; set; } = 90_000;

    /// <summary>Fetching and checking the inputs of one attempt.</summary>
    [Range(1, 86_400)]
    public int FetchTimeoutSeconds { get; set; } = 300;

    /// <summary>Loading an engine's weights, one attempt; the time of the generation does not run meanwhile.</summary>
    [Range(1, 86_400)]
    public int LoadTimeoutSeconds { get; set; } = 1800;

    /// <summary>The engine and the encoder together, one attempt.</summary>
    [Range(1, 604_800)]
    public int GenerateTimeoutSeconds { get; set; } = 7200;

    /// <summary>Finishing the file, making the poster and storing both.</summary>
    [Range(1, 86_400)]
    public int StoreTimeoutSeconds { get; set; } = 300;

    /// <summary>Runs waiting in the whole store before new ones are answered 503.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueued { get; set; } = 10_000;

    /// <summary>Runs waiting for one organisation before new ones are answered 429.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueuedPerOrganization { get; set; } = 1000;

    /// <summary>Runs of one organisation that workers have at once; further ones wait. 0 means no limit.</summary>
    [Range(0, 1_000_000)]
    public int MaxActivePerOrganization { get; set; }
}
