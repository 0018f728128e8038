namespace Kinema.Motion.Paths;

/// <summary>The part of the picture that fills the frame, in fractions of the picture's sides; always within the picture.</summary>
internal readonly record struct Crop(double X, double Y, double Width, double Height)
{
    public static Crop Whole { get; } = new(0, 0, 1, 1);
}
