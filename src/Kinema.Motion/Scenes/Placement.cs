using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Stands the figure into the scene: where it touches the ground it is as near as the ground, higher up it parts from what is behind.</summary>
internal static class Placement
{
    private const double LeastGap = 0.22;
    private const double Roundness = 0.07;

    /// <param name="depth">Of the small picture without the figure, 32 bit.</param>
    /// <param name="clarity">Of the figure: what may be half cut parts half as far.</param>
    /// <returns>The surface behind the figure and the figure's own.</returns>
    public static (InverseDepth Rear, InverseDepth Front) Of(SmallPicture picture, Mat depth, Mat figure, double clarity)
    {
        using var mask = new Mat();
        Cv2.Resize(figure, mask, depth.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.Threshold(mask, mask, 127, 255, ThresholdTypes.Binary);
        using var around = new Mat();
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(9, 9));
        Cv2.Dilate(mask, around, disc);
        Cv2.BitwiseNot(around, around);
        using var known = new Mat();
        around.ConvertTo(known, MatType.CV_32FC1, 1 / 255.0);
        var rear = Surface.Fit(depth, known, 0.06);

        using var parting = Parting(picture, mask);
        Cv2.Multiply(parting, new Scalar(Math.Clamp((clarity - 0.25) / 0.4, 0, 1)), parting);
        using var stand = Stand(mask, rear, parting);
        using var solid = new Mat();
        mask.ConvertTo(solid, MatType.CV_32FC1, 1 / 255.0);
        return (rear, Surface.Fit(stand, solid, 0.035));
    }

    /// <summary>
    /// How far the figure may part from what is behind it, 0 to 1: wholly where its outline is plain to see, not at all where the picture does not show
    /// one. There the two surfaces meet, and a cut in the wrong place cannot be seen.
    /// </summary>
    private static Mat Parting(SmallPicture picture, Mat mask)
    {
        using var certainty = Outline.Map(picture, mask);
        using var line = Outline.Line(mask);
        using var weight = new Mat();
        line.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        // From half certainty on it is taken for certain.
        Cv2.Multiply(certainty, new Scalar(2.2), certainty);
        Cv2.Subtract(certainty, new Scalar(0.4), certainty);
        Cv2.Min(certainty, new Scalar(1), certainty);
        Cv2.Max(certainty, new Scalar(0), certainty);
        Cv2.Multiply(certainty, weight, certainty);
        var reach = Math.Max(picture.Width, picture.Height) / 40.0;
        Cv2.GaussianBlur(certainty, certainty, default, reach);
        Cv2.GaussianBlur(weight, weight, default, reach);
        Cv2.Max(weight, new Scalar(1e-6), weight);
        Cv2.Divide(certainty, weight, certainty);
        using var near = new Mat();
        Cv2.Multiply(weight, new Scalar(20), near);
        Cv2.Min(near, new Scalar(1), near);
        Cv2.Multiply(certainty, near, certainty);
        return PushPull.Fill(certainty, near);
    }

    private static Mat Stand(Mat mask, InverseDepth rear, Mat parting)
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
                var own = Math.Min(1, foot - Roundness + (Roundness * dome));
                stand.Set(y, x, (float)(behind + (parting.At<float>(y, x) * Math.Max(0, own - behind))));
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
