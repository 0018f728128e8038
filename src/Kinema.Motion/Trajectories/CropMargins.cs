namespace Kinema.Motion.Trajectories;

/// <summary>Margins cropped from each side, in fractions of the picture's sides.</summary>
internal readonly record struct CropMargins(double Left, double Right, double Top, double Bottom)
{
    public bool IsZero => Left <= 0 && Right <= 0 && Top <= 0 && Bottom <= 0;

    public static CropMargins operator +(CropMargins one, CropMargins other) =>
        new(one.Left + other.Left, one.Right + other.Right, one.Top + other.Top, one.Bottom + other.Bottom);

    public static CropMargins operator *(CropMargins margins, double factor) =>
        new(margins.Left * factor, margins.Right * factor, margins.Top * factor, margins.Bottom * factor);

    /// <summary>Largest crop window with the picture's aspect ratio that respects all four margins.</summary>
    public CropWindow ToWindow()
    {
        var size = 1 - Math.Max(Left + Right, Top + Bottom);
        return new(Left + ((1 - Left - Right - size) / 2), Top + ((1 - Top - Bottom - size) * 0.46), size, size);
    }
}
