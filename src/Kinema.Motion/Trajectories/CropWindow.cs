namespace Kinema.Motion.Trajectories;

/// <summary>Part of the picture that fills the frame, in fractions of the picture's sides. Always within the picture.</summary>
internal readonly record struct CropWindow(double X, double Y, double Width, double Height)
{
    public static CropWindow Whole { get; } = new(0, 0, 1, 1);
}
