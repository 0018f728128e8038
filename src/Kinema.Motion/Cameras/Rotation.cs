namespace Kinema.Motion.Cameras;

/// <summary>The rotation from the world's axes (right, down, forward) to the camera's: yaw, then pitch, then roll.</summary>
internal sealed class Rotation
{
    private readonly (double X, double Y, double Z) _right;
    private readonly (double X, double Y, double Z) _down;
    private readonly (double X, double Y, double Z) _forward;

    /// <param name="yaw">To the right, radians.</param>
    /// <param name="pitch">Upwards, radians.</param>
    /// <param name="roll">Clockwise as the camera sees it, radians.</param>
    public Rotation(double yaw, double pitch, double roll)
    {
        var (sinYaw, cosYaw) = Math.SinCos(yaw);
        var (sinPitch, cosPitch) = Math.SinCos(pitch);
        var (sinRoll, cosRoll) = Math.SinCos(roll);
        (double X, double Y, double Z) right = (cosYaw, 0, -sinYaw);
        (double X, double Y, double Z) down = (sinYaw * sinPitch, cosPitch, cosYaw * sinPitch);
        _forward = (sinYaw * cosPitch, -sinPitch, cosYaw * cosPitch);
        _right = ((right.X * cosRoll) + (down.X * sinRoll), (right.Y * cosRoll) + (down.Y * sinRoll), (right.Z * cosRoll) + (down.Z * sinRoll));
        _down = ((down.X * cosRoll) - (right.X * sinRoll), (down.Y * cosRoll) - (right.Y * sinRoll), (down.Z * cosRoll) - (right.Z * sinRoll));
    }

    /// <summary>From the world to the camera.</summary>
    public (double X, double Y, double Z) Apply(double x, double y, double z) => (Along(_right, x, y, z), Along(_down, x, y, z), Along(_forward, x, y, z));

    /// <summary>From the camera to the world.</summary>
    public (double X, double Y, double Z) ApplyInverse(double x, double y, double z) => (
        (_right.X * x) + (_down.X * y) + (_forward.X * z),
        (_right.Y * x) + (_down.Y * y) + (_forward.Y * z),
        (_right.Z * x) + (_down.Z * y) + (_forward.Z * z));

    private static double Along((double X, double Y, double Z) axis, double x, double y, double z) => (axis.X * x) + (axis.Y * y) + (axis.Z * z);
}
