using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Estimates the foreground colours in the mixed pixels of a soft edge.</summary>
internal static class ForegroundColours
{
    private const int LongSide = 640;

    /// <summary>A difference in 8 bit levels that is invisible.</summary>
    private const int InvisibleDifference = 2;

    /// <summary>
    /// Extrapolates the foreground colours from the opaque pixels, then corrects them so that compositing over <paramref name="behind"/> gives the picture. The
    /// foreground takes every remainder, because a remainder in the background would be a ghost outline. Raises <paramref name="matte"/> where the foreground
    /// cannot explain the picture.
    /// </summary>
    /// <param name="hole">Above 0 where <paramref name="behind"/> is inpainted. It equals the picture elsewhere.</param>
    public static unsafe Mat Estimate(Mat picture, Mat matte, Mat behind, Mat hole)
    {
        using var solid = new Mat();
        Cv2.Threshold(matte, solid, 254, 255, ThresholdTypes.Binary);
        var colour = Extrapolate(picture, solid);
        var (width, height) = (picture.Width, picture.Height);
        for (var y = 0; y < height; y++)
        {
            var observed = (byte*)picture.Ptr(y);
            var alpha = (byte*)matte.Ptr(y);
            var foreground = (byte*)colour.Ptr(y);
            var background = (byte*)behind.Ptr(y);
            var filled = (byte*)hole.Ptr(y);
            for (var x = 0; x < width; x++)
            {
                if (filled[x] == 0 || alpha[x] == 255)
                    continue;
                var minAlpha = MinAlpha(observed + (3 * x), background + (3 * x));
                if (alpha[x] == 0 && minAlpha == 0)
                {
                    // Indistinguishable pixels keep the picture's own value, including its grain.
                    for (var c = 3 * x; c < (3 * x) + 3; c++)
                        background[c] = observed[c];
                    continue;
                }

                alpha[x] = Math.Max(alpha[x], minAlpha);
                var a = alpha[x] / 255f;
                for (var c = 3 * x; c < (3 * x) + 3; c++)
                    foreground[c] = Byte(background[c] + ((observed[c] - background[c]) / a));
            }
        }

        return colour;
    }

    /// <summary>The smallest alpha at which some foreground colour over the background gives the observed colour; 0 if both look the same.</summary>
    private static unsafe byte MinAlpha(byte* observed, byte* background)
    {
        var (maxDifference, alpha) = (0, 0f);
        for (var c = 0; c < 3; c++)
        {
            var difference = observed[c] - background[c];
            maxDifference = Math.Max(maxDifference, Math.Abs(difference));
            alpha = Math.Max(alpha, difference > 0 ? difference / (255f - background[c]) : difference / (0f - Math.Max((byte)1, background[c])));
        }

        return maxDifference <= InvisibleDifference ? (byte)0 : (byte)Math.Clamp(MathF.Ceiling(alpha * 255), 1, 255);
    }

    /// <summary>The picture where <paramref name="from"/> is 255, and a smooth extrapolation of its colours elsewhere.</summary>
    public static Mat Extrapolate(Mat picture, Mat from)
    {
        var scale = Math.Min(1.0, LongSide / (double)Math.Max(picture.Width, picture.Height));
        var size = new Size(Math.Max(4, Math.Round(picture.Width * scale)), Math.Max(4, Math.Round(picture.Height * scale)));
        using var solid = new Mat();
        using var weighted = new Mat();
        Cv2.Threshold(from, solid, 254, 1, ThresholdTypes.Binary);
        using var three = PushPull.RepeatChannel(solid, 3);
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
