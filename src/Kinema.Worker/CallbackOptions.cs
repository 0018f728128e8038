using System.ComponentModel.DataAnnotations;

namespace Kinema.Worker;

/// <summary>Section <c>Callbacks</c>: delivery of callbacks for finished runs.</summary>
public sealed class CallbackOptions
{
    /// <summary>Attempts per delivery, including the first. The contract gives three; fewer can be set, not more.</summary>
    [Range(1, 3)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Delay after the first failed attempt, seconds; it doubles with each further attempt (1 s, 2 s).</summary>
    [Range(0.01, 3600)]
    public double RetryDelaySeconds { get; set; } = 1;

    /// <summary>Concurrent deliveries.</summary>
    [Range(1, 1024)]
    public int MaxInFlight { get; set; } = 256;

    /// <summary>Concurrent deliveries of one organisation.</summary>
    [Range(1, 1024)]
    public int MaxInFlightPerOrganization { get; set; } = 16;

    /// <summary>Concurrent deliveries to one endpoint (scheme, host and port).</summary>
    [Range(1, 1024)]
    public int MaxInFlightPerEndpoint { get; set; } = 2;

    /// <summary>Polling interval if there is no wake-up signal, milliseconds.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 500;
}
