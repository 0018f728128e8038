namespace Kinema.Core.Upstream;

/// <summary>Whether a submit may be sent.</summary>
public abstract record UpstreamReservation
{
    private UpstreamReservation()
    {
    }

    /// <summary>It may, once.</summary>
    public sealed record Reserved(UpstreamTask Task) : UpstreamReservation;

    /// <summary>The run has submitted already.</summary>
    public sealed record Exists(UpstreamTask Task) : UpstreamReservation;

    /// <summary>Another submit of the lane is under way.</summary>
    public sealed record LaneTaken : UpstreamReservation;

    /// <summary>The day's limit leaves no room for it.</summary>
    /// <param name="OfOrganization">Whether it is the limit of one organisation.</param>
    public sealed record SpendReached(bool OfOrganization) : UpstreamReservation;
}
