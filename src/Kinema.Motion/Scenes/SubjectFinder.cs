using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>What a viewer looks at: the middle of the figure, a little above its centre of mass, where faces and fronts are.</summary>
internal static class SubjectFinder
{
    private const double Upwards = 0.15;

    public static Subject Nothing { get; } = new(0.5, 0.5, 0.5, Found: false);

    public static Subject Of(Mat mask, InverseDepth surface)
    {
        var moments = Cv2.Moments(mask, binaryImage: true);
        if (moments.M00 < 1)
            return Nothing;
        var bounds = Cv2.BoundingRect(mask);
        var x = moments.M10 / moments.M00 / mask.Width;
        var y = ((moments.M01 / moments.M00) - (Upwards * bounds.Height)) / mask.Height;
        return new Subject(x, y, surface.At(x, y), Found: true);
    }
}
