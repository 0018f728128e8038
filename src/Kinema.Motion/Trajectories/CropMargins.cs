namespace Kinema.Motion.Trajectories;

/// <summary>How much is kept back at each side, in fractions of the picture's sides.</summary>
internal readonly record struct CropMargins(double Left, double Right, double Top, double Bottom)
{
    public bool IsZero => Left <= 0 && Right <= 0 && Top <= 0 && Bottom <= 0;

    public static CropMargins operator +(CropMargins one, CropMargins other) =>
        new(one.Left + other.Left, one.Right + other.Right, one.Top + other.Top, one.Bottom + other.Bottom);

    public static CropMargins operator *(CropMargins margins, double factor) =>
        new(margins.Left * factor, margins.Right * factor, margins.Top * factor, margins.Bottom * factor);

    /// <summary>The largest part of the picture, in its own shape, that keeps all four.</summary>
    public CropWindow ToWindow()
    {
        var size = 1 - Math.Max(Left + Right, Top + Bottom);
        return new(Left + ((1 - Left - Right - size) / 2), Top + ((1 - Top - Bottom - size) * 0.46), size, size);
    }
}
