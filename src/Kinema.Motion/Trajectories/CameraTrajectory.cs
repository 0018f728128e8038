using Kinema.Motion.Cameras;
using Kinema.Motion.Prompts;

namespace Kinema.Motion.Trajectories;

/// <summary>Camera pose over a video: the sum of all moves at their current progress.</summary>
internal sealed class CameraTrajectory(IReadOnlyList<IReadOnlyList<MoveCurve>> segments, int frameCount, int framesPerSecond)
{
    private readonly SegmentTimeline _timeline = new(segments.Count);
    private readonly double _shakeAmplitude =
        segments.SelectMany(segment => segment).Where(curve => curve.Move == Move.Handheld).Select(curve => curve.Amplitude).FirstOrDefault();

    public IReadOnlyList<IReadOnlyList<MoveCurve>> Segments => segments;

    public int FrameCount => frameCount;

    /// <param name="frame">Frame index; may be fractional.</param>
    /// <param name="scale">Factor on all amplitudes.</param>
    public CameraPose At(double frame, double scale)
    {
        var time = frameCount > 1 ? frame / (frameCount - 1) : 0;
        var pose = _shakeAmplitude == 0
            ? CameraPose.Rest
            : HandheldShake.At(frame / framesPerSecond, (frameCount - 1.0) / framesPerSecond, _shakeAmplitude * scale);
        for (var i = 0; i < segments.Count; i++)
        {
            var progress = _timeline.Progress(i, time);
            if (progress == 0)
                break;
            foreach (var curve in segments[i])
                pose = Add(pose, curve.At(progress, scale));
        }

        return pose;
    }

    private static CameraPose Add(CameraPose one, CameraPose other) => new(
        one.X + other.X, one.Y + other.Y, one.Z + other.Z, one.Yaw + other.Yaw, one.Pitch + other.Pitch, one.Roll + other.Roll, one.Zoom * other.Zoom)
    {
        Shift = one.Shift + other.Shift,
    };
}
