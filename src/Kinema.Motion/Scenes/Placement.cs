using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Stands the figure into the scene: where it touches the ground it is as near as the ground, higher up it parts from what is behind.</summary>
internal static class Placement
{
    private const double LeastGap = 0.22;
    private const double Roundness = 0.07;

    /// <param name="depth">Of the small picture without the figure, 32 bit.</param>
    /// <param name="clarity">Of the figure: what may be half cut parts half as far.</param>
    /// <param name="certain">Its outline is certain all round: the figure stays as stiff as it is.</param>
    /// <param name="round">The camera only goes round it: then it is round, as if turned on a lathe. Before a camera that rises or comes closer a round figure
    /// would bend whatever is level and straight in it.</param>
    /// <returns>The surface behind the figure and the figure's own.</returns>
    public static (InverseDepth Rear, InverseDepth Front) Of(SmallPicture picture, Mat depth, Mat figure, double clarity, bool certain, bool round)
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
        var bounds = Cv2.BoundingRect(mask);
        var rows = Rows(depth, known);
        var foot = Foot(mask, bounds, rows);
        Lift(rows, bounds, foot);
        var rear = Surface.OfRows(rows, depth.Cols, 0.06);

        using var parting = Parting(picture, mask);
        Cv2.Multiply(parting, new Scalar(Math.Clamp((clarity - 0.25) / 0.4, 0, 1)), parting);
        Cv2.Max(parting, new Scalar(certain ? 1 : 0), parting);
        using var stand = Stand(mask, foot, rear, parting, round ? Roundness : 0);
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

    private static Mat Stand(Mat mask, double foot, InverseDepth rear, Mat parting, double roundness)
    {
        var (columns, rows) = (mask.Cols, mask.Rows);
        mask.GetArray(out byte[] inside);
        var spans = inside.Chunk(columns).Select(Span).ToArray();
        var widest = Math.Max(1f, spans.Max(span => span.Half));
        var stand = new Mat(mask.Size(), MatType.CV_32FC1);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                // Along its upright middle it is equally near, and a narrow part is less round than a wide one.
                var (middle, half) = spans[y];
                var side = half > 0 ? Math.Clamp((x - middle) / half, -1, 1) : 0;
                var own = foot - (roundness * half / widest * (1 - Math.Sqrt(1 - (side * side))));
                var behind = rear.At((x + 0.5) / columns, (y + 0.5) / rows);
                stand.Set(y, x, (float)(behind + (parting.At<float>(y, x) * Math.Max(0, own - behind))));
            }
        }

        return stand;
    }

    private static (float Middle, float Half) Span(byte[] row)
    {
        var (left, right) = (Array.FindIndex(row, value => value > 0), Array.FindLastIndex(row, value => value > 0));
        return left < 0 ? (0, 0) : ((left + right) / 2f, (right - left + 1) / 2f);
    }

    /// <summary>
    /// The depth of each row beside the figure. What lies behind a figure is known too roughly to be uneven: along a row it is alike, so that a horizon or a
    /// table's edge stays level and straight.
    /// </summary>
    private static float[] Rows(Mat depth, Mat known)
    {
        using var weighted = new Mat();
        Cv2.Multiply(depth, known, weighted);
        using Mat sums = new(), weights = new();
        Cv2.Reduce(weighted, sums, ReduceDimension.Column, ReduceTypes.Sum, -1);
        Cv2.Reduce(known, weights, ReduceDimension.Column, ReduceTypes.Sum, -1);
        var rows = new float[depth.Rows];
        for (var y = 0; y < rows.Length; y++)
            rows[y] = weights.At<float>(y) > 0.5f ? sums.At<float>(y) / weights.At<float>(y) : y > 0 ? rows[y - 1] : (float)Cv2.Mean(depth).Val0;
        return rows;
    }

    /// <summary>How near the ground is where the figure meets it; a figure cut off by the lower edge stands before it.</summary>
    private static double Foot(Mat mask, Rect bounds, float[] rows)
    {
        var ground = rows[Math.Min(bounds.Bottom, rows.Length - 1)];
        var columns = mask.Cols;
        mask.GetArray(out byte[] inside);
        double behind = 0, count = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] == 0)
                continue;
            behind += rows[i / columns];
            count++;
        }

        return Math.Clamp(Math.Max(IsCutOff(bounds, rows) ? ground + 0.1 : ground, (behind / Math.Max(1, count)) + LeastGap), 0, 1);
    }

    /// <summary>Raises the ground to the foot of what stands on it: its shadow stays where it stands.</summary>
    private static void Lift(float[] rows, Rect bounds, double foot)
    {
        if (IsCutOff(bounds, rows))
            return;
        var rise = Math.Max(0, foot - rows[bounds.Bottom]);
        var from = bounds.Bottom - Math.Max(0.15 * rows.Length, 0.6 * bounds.Height);
        for (var y = 0; y < rows.Length; y++)
        {
            var near = Math.Clamp((y - from) / (bounds.Bottom - from), 0, 1);
            rows[y] = (float)Math.Min(1, rows[y] + (rise * Easing.SmoothStep(near)));
        }
    }

    private static bool IsCutOff(Rect bounds, float[] rows) => bounds.Bottom >= rows.Length - 2;
}
