namespace Kinema.Motion.Prompts;

/// <summary>The moves parsed from a prompt: a sequence of segments, each with moves that run at the same time.</summary>
/// <param name="Segments">At least one, each with at least one move.</param>
/// <param name="CameraRequested">False when the prompt names no move and the plan is the default.</param>
/// <param name="Notes">One sentence for each requested move that is not rendered.</param>
internal sealed record CameraPlan(IReadOnlyList<Segment> Segments, bool CameraRequested, IReadOnlyList<string> Notes)
{
    /// <summary>Whether every move is an orbit.</summary>
    public bool IsOrbit => Segments.All(segment => segment.Moves.All(planned => planned.Move is Move.OrbitLeft or Move.OrbitRight));

    public bool IsStatic => Segments.All(segment => segment.Moves.All(planned => planned.Move == Move.Static));
}

/// <param name="Moves">Moves that run at the same time.</param>
internal sealed record Segment(IReadOnlyList<PlannedMove> Moves);

internal readonly record struct PlannedMove(Move Move, Speed Speed);
