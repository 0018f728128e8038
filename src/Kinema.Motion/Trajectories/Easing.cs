namespace Kinema.Motion.Trajectories;

/// <summary>Easing curve of a move: at rest at both ends, constant speed between.</summary>
internal static class Easing
{
    /// <summary>Share of the time for acceleration, and again for deceleration.</summary>
    private const double Ramp = 0.3;

    /// <remarks>Integral of a speed that rises along half a cosine, stays, and falls the same way. Speed and acceleration are continuous.</remarks>
    public static double At(double time)
    {
        if (time > 0.5)
            return 1 - At(1 - time);

        const double CruiseSpeed = 1 / (1 - Ramp);
        return time >= Ramp
            ? CruiseSpeed * (time - (Ramp / 2))
            : CruiseSpeed * ((time / 2) - (Ramp / (2 * Math.PI) * Math.Sin(Math.PI * time / Ramp)));
    }

    /// <summary>Smoothstep: 3t² − 2t³, clamped outside 0 to 1.</summary>
    public static double SmoothStep(double share)
    {
        share = Math.Clamp(share, 0, 1);
        return share * share * (3 - (2 * share));
    }
}
