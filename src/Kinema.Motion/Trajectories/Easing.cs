namespace Kinema.Motion.Trajectories;

/// <summary>How far a move has come: still at both ends, at an even pace between.</summary>
internal static class Easing
{
    /// <summary>Share of the time spent gathering pace, and again spent losing it.</summary>
    private const double Ramp = 0.3;

    /// <remarks>The speed rises along half a cosine, stays, and falls the same way; this is its integral. Speed and acceleration are continuous.</remarks>
    public static double At(double time)
    {
        if (time > 0.5)
            return 1 - At(1 - time);

        const double CruiseSpeed = 1 / (1 - Ramp);
        return time >= Ramp
            ? CruiseSpeed * (time - (Ramp / 2))
            : CruiseSpeed * ((time / 2) - (Ramp / (2 * Math.PI) * Math.Sin(Math.PI * time / Ramp)));
    }

    /// <summary>From 0 to 1 without a corner at either end; beyond them it stays.</summary>
    public static double SmoothStep(double share)
    {
        share = Math.Clamp(share, 0, 1);
        return share * share * (3 - (2 * share));
    }
}
