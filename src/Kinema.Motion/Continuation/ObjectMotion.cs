using OpenCvSharp;

namespace Kinema.Motion.Continuation;

/// <summary>Coarse, smooth motion field of the objects in a clip, so that they come to rest instead of freezing.</summary>
/// <param name="Columns">Number of cells across.</param>
/// <param name="Rows">Number of cells down.</param>
/// <param name="X">Motion to the right per frame, frame heights, row by row.</param>
/// <param name="Y">Motion downwards, the same.</param>
internal sealed record ObjectMotion(int Columns, int Rows, float[] X, float[] Y)
{
    private const int CellPixels = 16;

    /// <summary>Speed limit per frame, frame heights: a faster object would drag its surroundings along.</summary>
    private const float MaxSpeed = 0.004f;

    public static ObjectMotion None { get; } = new(1, 1, [0], [0]);

    public static ObjectMotion Estimate(Mat before, Mat after, SimilarityTransform camera)
    {
        using var flow = new Mat();
        Cv2.CalcOpticalFlowFarneback(before, after, flow, 0.5, 4, 21, 2, 7, 1.5, OpticalFlowFlags.None);
        using var smooth = flow.GaussianBlur(new Size(0, 0), CellPixels / 2.0);
        using var small = smooth.Resize(
            new Size(Math.Max(1, before.Width / CellPixels), Math.Max(1, before.Height / CellPixels)), interpolation: InterpolationFlags.Area);
        var motion = new ObjectMotion(small.Width, small.Height, new float[small.Width * small.Height], new float[small.Width * small.Height]);
        for (var row = 0; row < motion.Rows; row++)
        {
            for (var column = 0; column < motion.Columns; column++)
            {
                var (x, y) = (((column + 0.5) / motion.Columns) - 0.5, ((row + 0.5) / motion.Rows) - 0.5);
                var (pixelX, pixelY) = (x * before.Width, y * before.Height);
                var (backX, backY) = camera.ApplyInverse(pixelX / before.Height, pixelY / before.Height);
                var moved = small.At<Vec2f>(row, column);
                var objectX = (moved.Item0 / before.Height) - (float)((pixelX / before.Height) - backX);
                var objectY = (moved.Item1 / before.Height) - (float)((pixelY / before.Height) - backY);
                var length = MathF.Sqrt((objectX * objectX) + (objectY * objectY));
                var kept = (length > MaxSpeed ? MaxSpeed / length : 1) * Window(x) * Window(y);
                (motion.X[(row * motion.Columns) + column], motion.Y[(row * motion.Columns) + column]) = (objectX * kept, objectY * kept);
            }
        }

        return motion;
    }

    /// <summary>Interpolates the motion at a point in fractions of the frame's sides.</summary>
    public (double X, double Y) At(double x, double y)
    {
        var across = Math.Clamp((x * Columns) - 0.5, 0, Columns - 1);
        var down = Math.Clamp((y * Rows) - 0.5, 0, Rows - 1);
        var (column, row) = (Math.Min((int)across, Math.Max(0, Columns - 2)), Math.Min((int)down, Math.Max(0, Rows - 2)));
        var (right, below) = (Columns > 1 ? 1 : 0, Rows > 1 ? Columns : 0);
        var at = (row * Columns) + column;
        return (Mix(X), Mix(Y));

        double Mix(float[] values)
        {
            var top = values[at] + ((values[at + right] - values[at]) * (across - column));
            var bottom = values[at + below] + ((values[at + below + right] - values[at + below]) * (across - column));
            return top + ((bottom - top) * (down - row));
        }
    }

    /// <summary>Window that fades to zero at the edge, where motion would bring in unknown content.</summary>
    private static float Window(double fromMiddle) => (float)Math.Clamp((0.5 - Math.Abs(fromMiddle)) / 0.15, 0, 1);
}
