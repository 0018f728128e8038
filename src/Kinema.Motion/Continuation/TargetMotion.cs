using Kinema.Motion.Prompts;

namespace Kinema.Motion.Continuation;

/// <summary>
/// What a prompt's moves come to over the end of a clip. Nothing is known beyond the clip's last frame, so that a move sideways also comes closer,
/// and a move away cannot be made.
/// </summary>
internal static class TargetMotion
{
    private const double Growth = 0.08;
    private const double Travel = 0.05;
    private const double Turn = 0.05;
    private const double Unasked = 0.6;

    /// <returns>The move for the rest of the video, and the moves of the plan that are left out.</returns>
    public static (SimilarityTransform Goal, IReadOnlyList<Move> LeftOut) Of(CameraPlan plan, double seconds)
    {
        var goal = SimilarityTransform.None;
        List<Move> leftOut = [];
        foreach (var wish in plan.Segments.SelectMany(segment => segment.Moves))
        {
            if (wish.Move == Move.Static)
                continue;
            if (One(wish.Move) is not { } way)
            {
                leftOut.Add(wish.Move);
                continue;
            }

            goal += way * wish.Speed switch { Speed.Slow => 0.6, Speed.Fast => 1.6, _ => 1 };
        }

        // The measure of the engine: more time takes a move farther, but slower.
        return (goal * (Math.Pow(seconds / 5, 0.6) * (plan.Asked ? 1 : Unasked)), leftOut);
    }

    private static SimilarityTransform? One(Move move) => move switch
    {
        Move.PushIn or Move.ZoomIn or Move.DroneForward => new(0, 0, Growth, 0),
        Move.PanLeft or Move.TruckLeft or Move.FollowLeft => new(Travel, 0, 0, 0),
        Move.PanRight or Move.TruckRight or Move.FollowRight => new(-Travel, 0, 0, 0),
        Move.TiltUp or Move.PedestalUp or Move.CraneUp => new(0, Travel, 0, 0),
        Move.TiltDown or Move.PedestalDown or Move.CraneDown => new(0, -Travel, 0, 0),
        Move.RollClockwise => new(0, 0, 0, -Turn),
        Move.RollCounter => new(0, 0, 0, Turn),
        _ => null,
    };
}
