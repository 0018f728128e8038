using Kinema.Motion.Threads;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Fills a hole at full size: the matches of a small level supply the detail, the small result supplies the low frequencies.</summary>
internal static class PatchMatchUpsampler
{
    public static unsafe Mat Apply(Mat picture, Mat hole, Mat small, PatchMatchLevel level, CancellationToken ct)
    {
        var (width, height) = (picture.Width, picture.Height);
        var (smallWidth, smallHeight) = (small.Width, small.Height);
        var (across, down) = ((double)smallWidth / width, (double)smallHeight / height);

        using var tones = new Mat();
        Cv2.Resize(small, tones, picture.Size(), interpolation: InterpolationFlags.Cubic);
        var filled = picture.Clone();
        tones.CopyTo(filled, hole);

        Parallel.For(0, height, SameThreads.Options(ct), y =>
        {
            var isHole = (byte*)hole.Ptr(y);
            var to = (byte*)filled.Ptr(y);
            for (var x = 0; x < width; x++)
            {
                if (isHole[x] == 0)
                    continue;
                var (sx, sy) = (((x + 0.5) * across) - 0.5, ((y + 0.5) * down) - 0.5);
                var (column, row) = ((int)Math.Floor(sx), (int)Math.Floor(sy));
                double blue = 0, green = 0, red = 0, total = 0;
                for (var k = 0; k < 4; k++)
                {
                    var (nx, ny) = (Math.Clamp(column + (k & 1), 0, smallWidth - 1), Math.Clamp(row + (k >> 1), 0, smallHeight - 1));
                    var match = level.Matches[(ny * smallWidth) + nx];
                    if (match < 0)
                        continue;
                    var fx = x + (int)Math.Round(((match % smallWidth) - nx) / across);
                    var fy = y + (int)Math.Round(((match / smallWidth) - ny) / down);
                    if (fx < 0 || fx >= width || fy < 0 || fy >= height || ((byte*)hole.Ptr(fy))[fx] > 0)
                        continue;
                    var weight = Math.Max(1e-3, (1 - Math.Abs(sx - nx)) * (1 - Math.Abs(sy - ny)));
                    // The square lets one match dominate, so that two matches do not blur each other.
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

        MatchTones(filled, hole, small);
        return filled;
    }

    /// <summary>Matches the low frequencies of the copied detail to the small result, which is continuous with the surroundings of the hole.</summary>
    private static void MatchTones(Mat filled, Mat hole, Mat small)
    {
        using var current = new Mat();
        Cv2.Resize(filled, current, small.Size(), interpolation: InterpolationFlags.Area);
        using var error = new Mat();
        Cv2.Subtract(small, current, error, null, (int)MatType.CV_32FC3);

        // The error is zero outside the hole. The division keeps this from halving the correction next to the boundary.
        using var weight = new Mat();
        using var holeShare = new Mat();
        Cv2.Resize(hole, holeShare, small.Size(), interpolation: InterpolationFlags.Area);
        holeShare.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        Cv2.GaussianBlur(error, error, default, 1.2);
        Cv2.GaussianBlur(weight, weight, default, 1.2);
        Cv2.Max(weight, new Scalar(0.2), weight);
        using var weights = PushPull.RepeatChannel(weight, 3);
        Cv2.Divide(error, weights, error);
        using var full = new Mat();
        Cv2.Resize(error, full, filled.Size(), interpolation: InterpolationFlags.Linear);
        using var corrected = new Mat();
        Cv2.Add(filled, full, corrected, null, (int)MatType.CV_8UC3);
        corrected.CopyTo(filled, hole);
    }
}
