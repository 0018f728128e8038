using Kinema.Engines;

namespace Kinema.Prompts.Pictures;

/// <summary>How much of the frame differs from its border: the subject of a picture with a calm border.</summary>
internal static class SubjectShare
{
    private const double CalmBorder = 26, Different = 60, Close = 0.30, Wide = 0.06, Least = 0.005;

    /// <returns><c>close</c>, <c>wide</c>, or null where the border is too busy to tell.</returns>
    public static string? FramingOf(RgbImage picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        var pixels = picture.Pixels.Span;
        if (width < 16 || height < 16)
            return null;

        Span<double> sum = stackalloc double[3];
        Span<double> squares = stackalloc double[3];
        var edge = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (x >= 2 && x < width - 2 && y >= 2 && y < height - 2)
                    continue;
                edge++;
                for (var c = 0; c < 3; c++)
                {
                    double value = pixels[(((y * width) + x) * 3) + c];
                    sum[c] += value;
                    squares[c] += value * value;
                }
            }
        }

        double spread = 0;
        for (var c = 0; c < 3; c++)
        {
            sum[c] /= edge;
            spread += Math.Max(0, (squares[c] / edge) - (sum[c] * sum[c]));
        }

        if (Math.Sqrt(spread) > CalmBorder)
            return null;

        var inside = 0;
        for (var i = 0; i < width * height; i++)
        {
            var (r, g, b) = (pixels[i * 3] - sum[0], pixels[(i * 3) + 1] - sum[1], pixels[(i * 3) + 2] - sum[2]);
            if ((r * r) + (g * g) + (b * b) > Different * Different)
                inside++;
        }

        var share = (double)inside / (width * height);
        return share > Close ? "close" : share is > Least and < Wide ? "wide" : null;
    }
}
