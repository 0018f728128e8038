namespace Kinema.Motion.Cameras;

/// <summary>Position and orientation of the camera, relative to the camera of the picture.</summary>
/// <param name="X">To the right, in distances of the nearest surface.</param>
/// <param name="Y">Downwards, the same unit.</param>
/// <param name="Z">Forwards, the same unit; less than 1.</param>
/// <param name="Yaw">Rotation to the right, radians.</param>
/// <param name="Pitch">Rotation upwards, radians.</param>
/// <param name="Roll">Rotation clockwise as the camera sees it, radians; the content rotates the other way.</param>
/// <param name="Zoom">Focal length over that of the picture's camera.</param>
internal readonly record struct CameraPose(double X, double Y, double Z, double Yaw, double Pitch, double Roll, double Zoom)
{
    public static CameraPose Rest { get; } = new(0, 0, 0, 0, 0, 0, 1);

    /// <summary>Lens shift to the right, in focal lengths: it moves the content to the right without rotation.</summary>
    public double Shift { get; init; }
}
