using Kinema.Motion.Cameras;

namespace Kinema.Motion.Trajectories;

/// <summary>A hand that holds the camera: a few slow swings that never fall into step, still at both ends of the video.</summary>
internal static class HandheldShake
{
    /// <summary>Seconds it takes to begin and to end.</summary>
    private const double Ramp = 0.6;

    public static CameraPose At(double seconds, double length, double amplitude)
    {
        var strength = amplitude * Rise(seconds / Ramp) * Rise((length - seconds) / Ramp);
        return CameraPose.Rest with
        {
            Yaw = strength * ((0.62 * Swing(0.31, 0.2)) + (0.28 * Swing(0.83, 1.9)) + (0.10 * Swing(1.57, 4.0))),
            Pitch = strength * ((0.55 * Swing(0.37, 2.4)) + (0.32 * Swing(0.71, 0.5)) + (0.13 * Swing(1.43, 3.1))),
            Roll = 0.4 * strength * Swing(0.43, 1.1),
        };

        double Swing(double hertz, double phase) => Math.Sin((2 * Math.PI * hertz * seconds) + phase);
    }

    private static double Rise(double t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * (3 - (2 * t));
    }
}
