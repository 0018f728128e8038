namespace Kinema.Motion.Prompts;

/// <summary>What the words come to: segments one after another, each with the moves made at once.</summary>
/// <param name="Segments">At least one, each with at least one move.</param>
/// <param name="CameraRequested">False when no word named a move and the plan is the default.</param>
/// <param name="Notes">What was asked for and is not made, one sentence each.</param>
internal sealed record CameraPlan(IReadOnlyList<Segment> Segments, bool CameraRequested, IReadOnlyList<string> Notes)
{
    /// <summary>The camera goes round something and does nothing else.</summary>
    public bool IsOrbit => Segments.All(segment => segment.Moves.All(planned => planned.Move is Move.OrbitLeft or Move.OrbitRight));

    public bool IsStatic => Segments.All(segment => segment.Moves.All(planned => planned.Move == Move.Static));
}

/// <param name="Moves">Made at the same time.</param>
internal sealed record Segment(IReadOnlyList<PlannedMove> Moves);

internal readonly record struct PlannedMove(Move Move, Speed Speed);
