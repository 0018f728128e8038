namespace Kinema.Outbound.Media;

/// <summary>What one request to a media host led to: the end of the fetch, another place, or a wait that the host asked for.</summary>
internal sealed record HostVisit
{
    public FetchResult? Result { get; private init; }

    /// <summary>The next URL, as the host wrote it.</summary>
    public string? Location { get; private init; }

    public HostAnswer? Busy { get; private init; }

    public TimeSpan Wait { get; private init; }

    public static HostVisit Ended(FetchResult result) => new() { Result = result };

    public static HostVisit Refused(string reason) => Ended(new FetchResult(FetchOutcome.Unreachable, reason));

    public static HostVisit Redirected(string location) => new() { Location = location };

    public static HostVisit AskedToWait(HostAnswer answer, TimeSpan wait) => new() { Busy = answer, Wait = wait };
}
