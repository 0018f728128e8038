using Kinema.Motion.Prompts;

namespace Kinema.Motion.Trajectories;

/// <summary>Amplitudes of moves before the framing solver limits them to the picture.</summary>
internal static class MoveAmplitudes
{
    /// <summary>Amplitude for five seconds in the unit of the move: growth, travel in fractions of a side at the subject's distance, or radians.</summary>
    private static double DefaultAmplitude(Move move, bool cameraRequested) => move switch
    {
        Move.PushIn or Move.PullOut => cameraRequested ? 0.14 : 0.10,
        Move.ZoomIn or Move.ZoomOut => 0.14,
        Move.DollyZoomIn or Move.DollyZoomOut => 0.15,
        Move.DroneForward or Move.DroneBack => 0.13,
        Move.PanLeft or Move.PanRight or Move.TiltUp or Move.TiltDown => 0.11,
        Move.TruckLeft or Move.TruckRight => cameraRequested ? 0.11 : 0.07,
        Move.PedestalUp or Move.PedestalDown => cameraRequested ? 0.11 : 0.07,
        Move.CraneUp or Move.CraneDown => 0.11,
        Move.FollowLeft or Move.FollowRight => 0.07,
        Move.OrbitLeft or Move.OrbitRight => 0.12,
        Move.RollClockwise or Move.RollCounter => 0.10,
        Move.Handheld => 0.005,
        _ => 0,
    };

    /// <summary>Upper limit of the amplitude in a video of any length.</summary>
    private static double MaxAmplitude(Move move) => move switch
    {
        Move.PushIn or Move.ZoomIn or Move.DroneForward => 0.35,
        Move.RollClockwise or Move.RollCounter => 0.14,
        Move.Handheld => 0.006,
        _ => 0.22,
    };

    /// <param name="seconds">Duration of the move, not of the video. A longer move goes farther, but slower.</param>
    /// <param name="simultaneous">Number of simultaneous moves; each then gets a smaller amplitude.</param>
    public static double Of(PlannedMove planned, bool cameraRequested, double seconds, int simultaneous, double confidence)
    {
        if (planned.Move == Move.Handheld)
            return DefaultAmplitude(planned.Move, cameraRequested);
        var speedFactor = planned.Speed switch { Speed.Slow => 0.6, Speed.Fast => 1.6, _ => 1 };
        var confidenceFactor = planned.Move.Translates() ? 0.65 + (0.35 * Math.Min(1, confidence / 0.6)) : 1;
        return Math.Min(
            MaxAmplitude(planned.Move),
            DefaultAmplitude(planned.Move, cameraRequested) * speedFactor * confidenceFactor * Math.Pow(seconds / 5, 0.6) * Math.Pow(simultaneous, -0.3));
    }
}
