using Kinema.Motion.Cameras;

namespace Kinema.Motion.Trajectories;

/// <summary>Handheld camera shake: a few slow sines of unrelated frequencies, at rest at both ends of the video.</summary>
internal static class HandheldShake
{
    /// <summary>Fade-in and fade-out, seconds.</summary>
    private const double Ramp = 0.6;

    public static CameraPose At(double seconds, double length, double amplitude)
    {
        var strength = amplitude * FadeIn(seconds / Ramp) * FadeIn((length - seconds) / Ramp);
        return CameraPose.Rest with
        {
            Yaw = strength * ((0.62 * Oscillation(0.31, 0.2)) + (0.28 * Oscillation(0.83, 1.9)) + (0.10 * Oscillation(1.57, 4.0))),
            Pitch = strength * ((0.55 * Oscillation(0.37, 2.4)) + (0.32 * Oscillation(0.71, 0.5)) + (0.13 * Oscillation(1.43, 3.1))),
            Roll = 0.4 * strength * Oscillation(0.43, 1.1),
        };

        double Oscillation(double hertz, double phase) => Math.Sin((2 * Math.PI * hertz * seconds) + phase);
    }

    private static double FadeIn(double t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * (3 - (2 * t));
    }
}
