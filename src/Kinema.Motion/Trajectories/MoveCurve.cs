using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Trajectories;

/// <summary>What one move adds to the camera's pose.</summary>
/// <param name="ParallaxShare">How much of it is made by going rather than by turning or zooming; 1 for moves that are one of both by nature.</param>
/// <param name="At">The pose after a part of the way (0 to 1), with the whole way scaled by a factor.</param>
internal sealed record MoveCurve(Move Move, Speed Speed, double Amplitude, double ParallaxShare, Func<double, double, CameraPose> At)
{
    /// <summary>What was asked for, where another move is made instead.</summary>
    public Move? SubstituteFor { get; init; }

    /// <summary>Growth of everything over the whole way, besides what the move is measured in.</summary>
    public double AddedZoom { get; init; }

    /// <summary>Why everything grows, for the record.</summary>
    public string? AddedZoomReason { get; init; }
}
