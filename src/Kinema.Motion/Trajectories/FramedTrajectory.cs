using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;
using Kinema.Motion.Scenes;

namespace Kinema.Motion.Trajectories;

/// <summary>Camera of a whole video: a constant framing and a pose at every frame.</summary>
/// <param name="Framing">Crop window of the first frame.</param>
/// <param name="Scale">Factor on all amplitudes that the picture has room for.</param>
internal sealed record FramedTrajectory(CropWindow Framing, double Scale, CameraTrajectory Trajectory, DepthProfile Depth)
{
    /// <summary>Upper limit of the total growth over a video; beyond it the picture has no more detail.</summary>
    private const double MaxTotalGrowth = 1.36;

    public int FrameCount => Trajectory.FrameCount;

    /// <summary>Factor on all amplitudes that keeps their total growth within the limit; 1 where none is needed.</summary>
    public double CombinedScale { get; private init; } = 1;

    public bool IsStill => Scale == 0 || Trajectory.Segments.All(segment => segment.All(curve => curve.Move == Move.Static));

    public static FramedTrajectory For(CameraPlan plan, Scene scene, int frameCount, int framesPerSecond, CancellationToken ct)
    {
        var depth = DepthProfile.Of(scene);
        var seconds = (double)frameCount / framesPerSecond * new SegmentTimeline(plan.Segments.Count).SegmentLength;
        var trajectory = BuildTrajectory(1);
        if (plan.IsStatic)
            return new(CropWindow.Whole, 1, trajectory, depth);

        // Several pushes in sequence multiply, so each gets a smaller amplitude.
        var combinedScale = Math.Min(1, Math.Log(MaxTotalGrowth) / Math.Log(Math.Max(1 + 1e-9, Growth(trajectory))));
        if (combinedScale < 1)
            trajectory = BuildTrajectory(combinedScale);
        var (framing, scale) = new FramingSolver(scene, trajectory).Solve(ct);
        return new(framing, scale, trajectory, depth) { CombinedScale = combinedScale };

        CameraTrajectory BuildTrajectory(double factor)
        {
            var curves = new MoveCurveFactory(depth);
            return new([
                .. plan.Segments.Select(segment => (IReadOnlyList<MoveCurve>)[.. segment.Moves.Select(planned => Curve(planned, segment))])],
                frameCount, framesPerSecond);

            MoveCurve Curve(PlannedMove planned, Segment segment)
            {
                var rendered = planned with { Move = curves.RenderedAs(planned.Move) };
                var amplitude = MoveAmplitudes.Of(
                    rendered, plan.CameraRequested, seconds, segment.Moves.Count(other => other.Move != Move.Handheld), depth.Confidence);
                return curves.Create(rendered, factor * amplitude) with { SubstituteFor = rendered.Move == planned.Move ? null : planned.Move };
            }
        }

        double Growth(CameraTrajectory of) => Enumerable.Range(0, 31).Select(i => of.At(i * (frameCount - 1) / 30, 1))
            .Max(pose => pose.Zoom / Math.Max(0.1, 1 - (pose.Z * depth.Subject)));
    }

    /// <param name="frame">Frame index; may be fractional.</param>
    public CameraPose PoseAt(double frame) => Trajectory.At(frame, Scale);

    /// <param name="frame">Frame index; may be fractional.</param>
    public CameraView At(double frame) => new(PoseAt(frame), Framing, Depth.Aspect);

    /// <summary>Part of the picture that a frame shows, at the subject's distance.</summary>
    public CropWindow VisibleWindow(int frame)
    {
        var view = At(frame);
        List<(double X, double Y)> corners = [view.Unproject(0, 0, Depth.Subject), view.Unproject(1, 0, Depth.Subject), view.Unproject(0, 1, Depth.Subject), view.Unproject(1, 1, Depth.Subject)];
        var (left, right) = (Math.Max(0, corners.Min(corner => corner.X)), Math.Min(1, corners.Max(corner => corner.X)));
        var (top, bottom) = (Math.Max(0, corners.Min(corner => corner.Y)), Math.Min(1, corners.Max(corner => corner.Y)));
        return new(left, top, right - left, bottom - top);
    }

    /// <summary>Largest part of the picture ever on screen, as a fraction of its sides.</summary>
    public double LargestVisibleFraction =>
        Math.Clamp(Enumerable.Range(0, 16).Select(i => VisibleWindow(i * (FrameCount - 1) / 15))
        .Max(window => Math.Max(window.Width, window.Height)), 0.5, 1);
}
