using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Stands the figure into the scene: where it touches the ground it is as near as the ground, higher up it parts from what is behind.</summary>
internal static class Placement
{
    private const double LeastGap = 0.22;
    private const double Roundness = 0.07;

    /// <param name="depth">Of the small picture without the figure, 32 bit.</param>
    /// <returns>The surface behind the figure and the figure's own.</returns>
    public static (InverseDepth Rear, InverseDepth Front) Of(SmallPicture picture, Mat depth, Figure figure)
    {
        using var around = new Mat();
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(9, 9));
        Cv2.Dilate(figure.Mask, around, disc);
        Cv2.BitwiseNot(around, around);
        using var known = new Mat();
        around.ConvertTo(known, MatType.CV_32FC1, 1 / 255.0);
        var rear = Surface.Fit(depth, known, 0.03);

        using var stand = Stand(figure.Mask, rear);
        using var solid = new Mat();
        figure.Mask.ConvertTo(solid, MatType.CV_32FC1, 1 / 255.0);
        return (rear, Surface.Fit(stand, solid, 0.04));
    }

    private static Mat Stand(Mat mask, InverseDepth rear)
    {
        var bounds = Cv2.BoundingRect(mask);
        var foot = Foot(mask, bounds, rear);
        using var inward = new Mat();
        Cv2.DistanceTransform(mask, inward, DistanceTypes.L2, DistanceTransformMasks.Mask5);
        Cv2.MinMaxLoc(inward, out _, out double deepest);
        var stand = new Mat(mask.Size(), MatType.CV_32FC1);
        var (columns, rows) = (mask.Cols, mask.Rows);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var behind = rear.At((x + 0.5) / columns, (y + 0.5) / rows);
                var dome = Math.Sqrt(Math.Clamp(inward.At<float>(y, x) / Math.Max(1, deepest), 0, 1));
                stand.Set(y, x, (float)Math.Clamp(Math.Max(foot - Roundness + (Roundness * dome), behind), 0, 1));
            }
        }

        return stand;
    }

    /// <summary>How near the ground is where the figure meets it; a figure cut off by the lower edge stands before it.</summary>
    private static double Foot(Mat mask, Rect bounds, InverseDepth rear)
    {
        var bottom = bounds.Bottom >= mask.Rows - 2;
        double ground = 0, behind = 0, count = 0;
        for (var x = bounds.Left; x < bounds.Right; x++)
        {
            ground = Math.Max(ground, rear.At((x + 0.5) / mask.Cols, (double)bounds.Bottom / mask.Rows));
            for (var y = bounds.Top; y < bounds.Bottom; y += 4)
            {
                if (mask.At<byte>(y, x) == 0)
                    continue;
                behind += rear.At((x + 0.5) / mask.Cols, (y + 0.5) / mask.Rows);
                count++;
            }
        }

        return Math.Clamp(Math.Max(bottom ? ground + 0.1 : ground, (behind / Math.Max(1, count)) + LeastGap), 0, 1);
    }
}
