using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Says how likely a cut is the whole outline of one figure.</summary>
internal static class FigureJudge
{
    private const double Smallest = 0.012;
    private const double Largest = 0.7;
    private const double Clear = 0.65;

    /// <returns>0 (no figure) to 1.</returns>
    public static double Clarity(SmallPicture picture, Mat mask)
    {
        var (columns, rows) = (mask.Cols, mask.Rows);
        var area = Cv2.CountNonZero(mask);
        var share = (double)area / (columns * rows);
        if (share is < Smallest or > Largest)
            return 0;
        using var certainty = Outline.Map(picture, mask);
        using var line = Outline.Line(mask);
        mask.GetArray(out byte[] inside);
        line.GetArray(out byte[] outline);
        certainty.GetArray(out float[] certain);

        int length = 0, clear = 0, edge = 0;
        double middle = 0;
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var at = (y * columns) + x;
                if (inside[at] == 0)
                    continue;
                var (dx, dy) = (((x + 0.5) / columns) - 0.5, ((y + 0.5) / rows) - 0.52);
                middle += Math.Exp(-((dx * dx) + (dy * dy)) / (2 * 0.25 * 0.25));
                if (y == 0 || x == 0 || x == columns - 1)
                    edge++;
                else if (outline[at] > 0 && y < rows - 2)
                {
                    length++;
                    clear += certain[at] > Clear ? 1 : 0;
                }
            }
        }

        if (length == 0 || IsGround(inside, columns, rows))
            return 0;
        var sharpness = (double)clear / length;
        var roughness = length / (2 * Math.Sqrt(Math.PI * area));
        var cutOff = (double)edge / (columns + (2 * rows));
        // Of two clear outlines, one within the other, the outer is the whole thing.
        var size = Math.Clamp(Math.Pow(share / 0.3, 0.2), 0.3, 1);
        return sharpness * sharpness
            * Math.Clamp((ColourSeparation.Of(picture, mask) - 0.3) / 0.35, 0, 1)
            * Math.Clamp(1.6 - (roughness / 5), 0.2, 1)
            * Math.Clamp(1.15 - (1.1 * cutOff), 0.1, 1)
            * Math.Clamp(0.3 + (1.4 * middle / area), 0, 1)
            * size;
    }

    /// <summary>What lies along the whole lower edge and reaches both sides is what figures stand on.</summary>
    private static bool IsGround(byte[] inside, int columns, int rows)
    {
        int left = 0, right = 0, bottom = 0;
        for (var y = 0; y < rows; y++)
        {
            left += inside[y * columns] & 1;
            right += inside[((y + 1) * columns) - 1] & 1;
        }

        for (var x = 0; x < columns; x++)
            bottom += inside[((rows - 1) * columns) + x] & 1;
        return left > rows / 20 && right > rows / 20 && bottom > columns * 0.85;
    }
}
