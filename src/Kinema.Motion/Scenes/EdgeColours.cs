using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Parts the mixed colours of a soft edge into the layer's own and those behind it.</summary>
internal static class EdgeColours
{
    private const int LongSide = 640;

    /// <summary>Levels that nobody sees.</summary>
    private const int Unseen = 2;

    /// <summary>
    /// The layer's colours, spread from where it is solid, then corrected so that laid over <paramref name="behind"/> they give the picture. All that the two
    /// do not explain is the layer's: left behind, it would be a ghost of its outline. Where the layer cannot explain it, its <paramref name="matte"/> is raised.
    /// </summary>
    /// <param name="hole">Above 0 where <paramref name="behind"/> was filled in; elsewhere it is the picture.</param>
    public static unsafe Mat Split(Mat picture, Mat matte, Mat behind, Mat hole)
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
            var filled = (byte*)hole.Ptr(y);
            for (var x = 0; x < width; x++)
            {
                if (filled[x] == 0 || alpha[x] == 255)
                    continue;
                var least = Least(seen + (3 * x), back + (3 * x));
                if (alpha[x] == 0 && least == 0)
                {
                    // What cannot be told apart is taken as it was, with its grain.
                    for (var c = 3 * x; c < (3 * x) + 3; c++)
                        back[c] = seen[c];
                    continue;
                }

                alpha[x] = Math.Max(alpha[x], least);
                var a = alpha[x] / 255f;
                for (var c = 3 * x; c < (3 * x) + 3; c++)
                    front[c] = Byte(back[c] + ((seen[c] - back[c]) / a));
            }
        }

        return colour;
    }

    /// <summary>The least share from which some colour in front can make what is seen of what is behind; 0 where they look the same.</summary>
    private static unsafe byte Least(byte* seen, byte* back)
    {
        var (most, share) = (0, 0f);
        for (var c = 0; c < 3; c++)
        {
            var way = seen[c] - back[c];
            most = Math.Max(most, Math.Abs(way));
            share = Math.Max(share, way > 0 ? way / (255f - back[c]) : way / (0f - Math.Max((byte)1, back[c])));
        }

        return most <= Unseen ? (byte)0 : (byte)Math.Clamp(MathF.Ceiling(share * 255), 1, 255);
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
