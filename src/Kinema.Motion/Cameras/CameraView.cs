using Kinema.Motion.Scenes;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Cameras;

/// <summary>
/// One frame's pinhole camera over a scene. Points of the picture and of the frame are fractions of their sides, from the top left corner.
/// </summary>
/// <remarks>
/// A point of the picture at (x, y) with inverse depth q lies at ((x − ½)·aspect/f, (y − ½)/f, 1)/q. The projection works on that vector times q, so q = 0 is
/// no special case. f is in picture heights: 50° over the longer side.
/// </remarks>
internal sealed class CameraView
{
    private const double HalfAngle = 25 * Math.PI / 180;
    private const int Refinements = 6;

    private readonly CameraPose _pose;
    private readonly CropWindow _framing;
    private readonly double _aspect;
    private readonly double _focal;
    private readonly Rotation _toCamera;

    /// <param name="framing">The part of the picture that fills the frame while the camera is at rest.</param>
    /// <param name="aspect">Width over height of the picture.</param>
    public CameraView(CameraPose pose, CropWindow framing, double aspect)
    {
        (_pose, _framing, _aspect) = (pose, framing, aspect);
        _focal = FocalLength(aspect);
        _toCamera = new Rotation(pose.Yaw, pose.Pitch, pose.Roll);
    }

    /// <summary>Focal length of the picture's camera in picture heights.</summary>
    public static double FocalLength(double aspect) => Math.Max(aspect, 1) / (2 * Math.Tan(HalfAngle));

    /// <summary>Projects a point of the picture into the frame. Points behind the camera give NaN.</summary>
    public (double X, double Y) Project(double x, double y, double inverseDepth)
    {
        var (a, b, c) = _toCamera.Apply(
            ((x - 0.5) * _aspect / _focal) - (inverseDepth * _pose.X),
            ((y - 0.5) / _focal) - (inverseDepth * _pose.Y),
            1 - (inverseDepth * _pose.Z));
        if (c <= 0)
            return (double.NaN, double.NaN);

        var scale = _focal * _pose.Zoom / c;
        return ((((a + (c * _pose.Shift)) * scale / _aspect) + 0.5 - _framing.X) / _framing.Width, ((b * scale) + 0.5 - _framing.Y) / _framing.Height);
    }

    /// <summary>Returns the point of the picture at a point of the frame, on a plane of constant inverse depth.</summary>
    public (double X, double Y) Unproject(double frameX, double frameY, double inverseDepth)
    {
        var scale = 1 / (_focal * _pose.Zoom);
        var (a, b, c) = _toCamera.ApplyInverse(
            (((frameX * _framing.Width) + _framing.X - 0.5) * _aspect * scale) - _pose.Shift, ((frameY * _framing.Height) + _framing.Y - 0.5) * scale, 1);
        var ray = (1 - (inverseDepth * _pose.Z)) / c;
        return ((((a * ray) + (inverseDepth * _pose.X)) * _focal / _aspect) + 0.5, (((b * ray) + (inverseDepth * _pose.Y)) * _focal) + 0.5);
    }

    /// <summary>Returns the point of a surface at a point of the frame, by fixed-point iteration over the depth.</summary>
    public (double X, double Y) Locate(double frameX, double frameY, InverseDepth surface)
    {
        var (x, y) = Unproject(frameX, frameY, surface.At(0.5, 0.5));
        for (var i = 0; i < Refinements; i++)
            (x, y) = Unproject(frameX, frameY, surface.At(x, y));
        return (x, y);
    }
}
