using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Parts the mixed colours of a soft edge into the layer's own and those behind it.</summary>
internal static class EdgeColours
{
    /// <summary>
    /// The layer's colours, spread from where it is solid; then both are corrected, each by its share, so that laid over each other they give the
    /// picture. <paramref name="behind"/> is changed where both have a part.
    /// </summary>
    public static Mat Split(Mat picture, Mat matte, Mat behind)
    {
        var colour = Spread(picture, matte);
        unsafe
        {
            var (width, height) = (picture.Width, picture.Height);
            for (var y = 0; y < height; y++)
            {
                var seen = (byte*)picture.Ptr(y);
                var alpha = (byte*)matte.Ptr(y);
                var front = (byte*)colour.Ptr(y);
                var back = (byte*)behind.Ptr(y);
                for (var x = 0; x < width; x++)
                {
                    if (alpha[x] is 0 or 255)
                        continue;
                    var a = alpha[x] / 255f;
                    var least = (a * a) + ((1 - a) * (1 - a));
                    for (var c = 3 * x; c < (3 * x) + 3; c++)
                    {
                        var rest = seen[c] - (a * front[c]) - ((1 - a) * back[c]);
                        front[c] = (byte)Math.Clamp(MathF.Round(front[c] + (rest * a / least)), 0, 255);
                        // What one of them could not take, because of its range or rounding, the other takes.
                        back[c] = (byte)Math.Clamp(MathF.Round((seen[c] - (a * front[c])) / (1 - a)), 0, 255);
                        front[c] = (byte)Math.Clamp(MathF.Round((seen[c] - ((1 - a) * back[c])) / a), 0, 255);
                    }
                }
            }
        }

        return colour;
    }

    private static Mat Spread(Mat picture, Mat matte)
    {
        var scale = Math.Min(1.0, 768.0 / Math.Max(picture.Width, picture.Height));
        var size = new Size(Math.Max(4, Math.Round(picture.Width * scale)), Math.Max(4, Math.Round(picture.Height * scale)));
        using var solid = new Mat();
        using var weighted = new Mat();
        Cv2.Threshold(matte, solid, 254, 1, ThresholdTypes.Binary);
        using var three = PushPull.Widen(solid, 3);
        Cv2.Multiply(picture, three, weighted);
        using var weight = new Mat();
        Cv2.Resize(solid * 255, weight, size, interpolation: InterpolationFlags.Area);
        weight.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        using var small = new Mat();
        Cv2.Resize(weighted, small, size, interpolation: InterpolationFlags.Area);
        small.ConvertTo(small, MatType.CV_32FC3);
        using var filled = PushPull.Fill(small, weight);
        var colour = new Mat();
        Cv2.Resize(filled, colour, picture.Size(), interpolation: InterpolationFlags.Linear);
        colour.ConvertTo(colour, MatType.CV_8UC3);
        picture.CopyTo(colour, solid);
        return colour;
    }
}
