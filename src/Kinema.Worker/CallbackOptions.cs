using System.ComponentModel.DataAnnotations;

namespace Kinema.Worker;

/// <summary>Section <c>Callbacks</c>: how finished runs are told to their callers.</summary>
public sealed class CallbackOptions
{
    /// <summary>Tries of one delivery, the first included. The contract gives three; fewer can be set, not more.</summary>
    [Range(1, 3)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Wait after the first failed try, seconds; it doubles with each further one (1 s, 2 s).</summary>
    [Range(0.01, 3600)]
    public double RetryDelaySeconds { get; set; } = 1;

    /// <summary>Deliveries on their way at a time.</summary>
    [Range(1, 1024)]
    public int MaxInFlight { get; set; } = 64;

    /// <summary>Deliveries on their way to one endpoint (scheme, host and port) at a time.</summary>
    [Range(1, 1024)]
    public int MaxInFlightPerEndpoint { get; set; } = 2;

    /// <summary>The longest a due delivery goes unseen when no wake-up came, milliseconds.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 500;
}
