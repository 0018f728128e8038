using Kinema.Motion.Prompts;

namespace Kinema.Motion.Continuation;

/// <summary>
/// Total 2D motion that a prompt requests after a clip. Nothing is known beyond the clip's last frame: a sideways move also needs zoom, and a move away
/// is not possible.
/// </summary>
internal static class TargetMotion
{
    private const double ZoomLogScale = 0.08;
    private const double TravelHeights = 0.05;
    private const double TurnRadians = 0.05;
    private const double DefaultMoveFactor = 0.6;

    /// <returns>The motion for the rest of the video, and the moves of the plan that it omits.</returns>
    public static (SimilarityTransform Target, IReadOnlyList<Move> Omitted) Of(CameraPlan plan, double seconds)
    {
        var target = SimilarityTransform.Identity;
        List<Move> omitted = [];
        foreach (var planned in plan.Segments.SelectMany(segment => segment.Moves))
        {
            if (planned.Move == Move.Static)
                continue;
            if (MotionFor(planned.Move) is not { } motion)
            {
                omitted.Add(planned.Move);
                continue;
            }

            target += motion * planned.Speed switch { Speed.Slow => 0.6, Speed.Fast => 1.6, _ => 1 };
        }

        // The same duration scaling as for still pictures: a longer move goes farther, but slower.
        return (target * (Math.Pow(seconds / 5, 0.6) * (plan.CameraRequested ? 1 : DefaultMoveFactor)), omitted);
    }

    private static SimilarityTransform? MotionFor(Move move) => move switch
    {
        Move.PushIn or Move.ZoomIn or Move.DroneForward => new(0, 0, ZoomLogScale, 0),
        Move.PanLeft or Move.TruckLeft or Move.FollowLeft => new(TravelHeights, 0, 0, 0),
        Move.PanRight or Move.TruckRight or Move.FollowRight => new(-TravelHeights, 0, 0, 0),
        Move.TiltUp or Move.PedestalUp or Move.CraneUp => new(0, TravelHeights, 0, 0),
        Move.TiltDown or Move.PedestalDown or Move.CraneDown => new(0, -TravelHeights, 0, 0),
        Move.RollClockwise => new(0, 0, 0, -TurnRadians),
        Move.RollCounter => new(0, 0, 0, TurnRadians),
        _ => null,
    };
}
