using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Parts the mixed colours of a soft edge into the layer's own and those behind it.</summary>
internal static class EdgeColours
{
    private const int LongSide = 640;

    /// <summary>Levels by which what is behind may be changed to make the mixture right: more would leave a ghost of the layer's outline.</summary>
    private const float MostBehind = 11;

    /// <summary>
    /// The layer's colours, spread from where it is solid; then both are corrected, each by its share, so that laid over each other they give the
    /// picture. <paramref name="behind"/> is changed where both have a part.
    /// </summary>
    public static unsafe Mat Split(Mat picture, Mat matte, Mat behind)
    {
        using var solid = new Mat();
        Cv2.Threshold(matte, solid, 254, 255, ThresholdTypes.Binary);
        var colour = Spread(picture, solid);
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
                    front[c] = Byte(front[c] + (rest * a / least));
                    // What one of them could not take, because of its range or rounding, the other takes.
                    var wanted = ((seen[c] - (a * front[c])) / (1 - a)) - back[c];
                    back[c] = Byte(back[c] + Math.Clamp(wanted, -MostBehind, MostBehind));
                    front[c] = Byte((seen[c] - ((1 - a) * back[c])) / a);
                }
            }
        }

        return colour;
    }

    /// <summary>The picture where <paramref name="from"/> is 255, its colours spread smoothly elsewhere.</summary>
    public static Mat Spread(Mat picture, Mat from)
    {
        var scale = Math.Min(1.0, LongSide / (double)Math.Max(picture.Width, picture.Height));
        var size = new Size(Math.Max(4, Math.Round(picture.Width * scale)), Math.Max(4, Math.Round(picture.Height * scale)));
        using var solid = new Mat();
        using var weighted = new Mat();
        Cv2.Threshold(from, solid, 254, 1, ThresholdTypes.Binary);
        using var three = PushPull.Widen(solid, 3);
        Cv2.Multiply(picture, three, weighted);
        using var weight = new Mat();
        Cv2.Resize(from, weight, size, interpolation: InterpolationFlags.Area);
        weight.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        using var small = new Mat();
        Cv2.Resize(weighted, small, size, interpolation: InterpolationFlags.Area);
        small.ConvertTo(small, MatType.CV_32FC3);
        using var filled = PushPull.Fill(small, weight);
        filled.ConvertTo(filled, MatType.CV_8UC3);
        var colour = new Mat();
        Cv2.Resize(filled, colour, picture.Size(), interpolation: InterpolationFlags.Linear);
        picture.CopyTo(colour, solid);
        return colour;
    }

    private static byte Byte(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
