namespace Kinema.Motion.Cameras;

/// <summary>Where the camera stands and looks, relative to the camera that took the picture.</summary>
/// <param name="X">To the right, in distances of the nearest surface.</param>
/// <param name="Y">Downwards, the same unit.</param>
/// <param name="Z">Forwards, the same unit; less than 1.</param>
/// <param name="Yaw">Turn to the right, radians.</param>
/// <param name="Pitch">Turn upwards, radians.</param>
/// <param name="Roll">Turn clockwise as the camera sees it, radians; the content turns the other way round.</param>
/// <param name="Zoom">Focal length over that of the picture's camera.</param>
internal readonly record struct CameraPose(double X, double Y, double Z, double Yaw, double Pitch, double Roll, double Zoom)
{
    public static CameraPose Rest { get; } = new(0, 0, 0, 0, 0, 0, 1);

    /// <summary>How far the lens is shifted to the right against the film, in focal lengths: it moves the content to the right and turns nothing.</summary>
    public double Shift { get; init; }
}
