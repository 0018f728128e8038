using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Trajectories;

/// <summary>Contribution of one move to the camera pose.</summary>
/// <param name="ParallaxShare">Share made by translation rather than by rotation or zoom; 1 for moves that are purely one of them.</param>
/// <param name="At">Pose at a progress (0 to 1), with the whole move scaled by a factor.</param>
internal sealed record MoveCurve(Move Move, Speed Speed, double Amplitude, double ParallaxShare, Func<double, double, CameraPose> At)
{
    /// <summary>The requested move, where this one is rendered instead.</summary>
    public Move? SubstituteFor { get; init; }

    /// <summary>Extra zoom over the whole move, beside its amplitude.</summary>
    public double AddedZoom { get; init; }

    /// <summary>Reason for the extra zoom, for the record.</summary>
    public string? AddedZoomReason { get; init; }
}
