using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Locates the subject: the centroid of the object, shifted upwards, where faces and fronts are.</summary>
internal static class SubjectLocator
{
    private const double UpwardShift = 0.15;

    public static Subject Default { get; } = new(0.5, 0.5, 0.5, Found: false);

    public static Subject Locate(Mat mask, InverseDepth surface)
    {
        var moments = Cv2.Moments(mask, binaryImage: true);
        if (moments.M00 < 1)
            return Default;
        var bounds = Cv2.BoundingRect(mask);
        var x = moments.M10 / moments.M00 / mask.Width;
        var y = ((moments.M01 / moments.M00) - (UpwardShift * bounds.Height)) / mask.Height;
        return new Subject(x, y, surface.At(x, y), Found: true);
    }
}
