using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Fills a hole at full size from the places found at a small one: the small result gives the tones, the places give the detail.</summary>
internal static class DetailTransfer
{
    public static unsafe Mat Apply(Mat picture, Mat hole, Mat small, PatchField field, CancellationToken ct)
    {
        var (width, height) = (picture.Width, picture.Height);
        var (smallWidth, smallHeight) = (small.Width, small.Height);
        var (across, down) = ((double)smallWidth / width, (double)smallHeight / height);

        using var tones = new Mat();
        Cv2.Resize(small, tones, picture.Size(), interpolation: InterpolationFlags.Cubic);
        var behind = picture.Clone();
        tones.CopyTo(behind, hole);

        Parallel.For(0, height, new ParallelOptions { CancellationToken = ct }, y =>
        {
            var open = (byte*)hole.Ptr(y);
            var to = (byte*)behind.Ptr(y);
            for (var x = 0; x < width; x++)
            {
                if (open[x] == 0)
                    continue;
                var (sx, sy) = (((x + 0.5) * across) - 0.5, ((y + 0.5) * down) - 0.5);
                var (column, row) = ((int)Math.Floor(sx), (int)Math.Floor(sy));
                double blue = 0, green = 0, red = 0, total = 0;
                for (var k = 0; k < 4; k++)
                {
                    var (nx, ny) = (Math.Clamp(column + (k & 1), 0, smallWidth - 1), Math.Clamp(row + (k >> 1), 0, smallHeight - 1));
                    var place = field.Places[(ny * smallWidth) + nx];
                    if (place < 0)
                        continue;
                    var fx = x + (int)Math.Round(((place % smallWidth) - nx) / across);
                    var fy = y + (int)Math.Round(((place / smallWidth) - ny) / down);
                    if (fx < 0 || fx >= width || fy < 0 || fy >= height || ((byte*)hole.Ptr(fy))[fx] > 0)
                        continue;
                    var weight = Math.Max(1e-3, (1 - Math.Abs(sx - nx)) * (1 - Math.Abs(sy - ny)));
                    // Squared: one place mostly wins, so that two do not blur each other.
                    weight *= weight;
                    var from = (byte*)picture.Ptr(fy) + (3 * fx);
                    blue += weight * from[0];
                    green += weight * from[1];
                    red += weight * from[2];
                    total += weight;
                }

                if (total <= 0)
                    continue;
                to[3 * x] = (byte)Math.Round(blue / total);
                to[(3 * x) + 1] = (byte)Math.Round(green / total);
                to[(3 * x) + 2] = (byte)Math.Round(red / total);
            }
        });

        Tone(behind, hole, small);
        return behind;
    }

    /// <summary>Brings the slow tones of the copied detail to those of the small result, which join up with what is around the hole.</summary>
    private static void Tone(Mat behind, Mat hole, Mat small)
    {
        using var now = new Mat();
        Cv2.Resize(behind, now, small.Size(), interpolation: InterpolationFlags.Area);
        using var wrong = new Mat();
        Cv2.Subtract(small, now, wrong, null, (int)MatType.CV_32FC3);

        // Nothing is wrong outside the hole, and that shall not halve what is found beside it.
        using var weight = new Mat();
        using var share = new Mat();
        Cv2.Resize(hole, share, small.Size(), interpolation: InterpolationFlags.Area);
        share.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        Cv2.GaussianBlur(wrong, wrong, default, 1.2);
        Cv2.GaussianBlur(weight, weight, default, 1.2);
        Cv2.Max(weight, new Scalar(0.2), weight);
        using var wide = PushPull.Widen(weight, 3);
        Cv2.Divide(wrong, wide, wrong);
        using var full = new Mat();
        Cv2.Resize(wrong, full, behind.Size(), interpolation: InterpolationFlags.Linear);
        using var right = new Mat();
        Cv2.Add(behind, full, right, null, (int)MatType.CV_8UC3);
        right.CopyTo(behind, hole);
    }
}
