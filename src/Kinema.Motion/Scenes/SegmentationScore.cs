using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Scores how likely a mask is one complete object.</summary>
internal static class SegmentationScore
{
    private const double MinAreaShare = 0.012;
    private const double MaxAreaShare = 0.7;
    private const double MinBoundaryContrast = 0.65;

    /// <returns>0 (no object) to 1.</returns>
    public static double Of(AnalysisImage picture, Mat mask)
    {
        var (columns, rows) = (mask.Cols, mask.Rows);
        var area = Cv2.CountNonZero(mask);
        var share = (double)area / (columns * rows);
        if (share is < MinAreaShare or > MaxAreaShare)
            return 0;
        using var contrast = MaskBoundary.ContrastMap(picture, mask);
        using var boundaryMask = MaskBoundary.Pixels(mask);
        mask.GetArray(out byte[] inside);
        boundaryMask.GetArray(out byte[] boundary);
        contrast.GetArray(out float[] contrasts);

        int length = 0, strong = 0, borderPixels = 0;
        double centrality = 0;
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var at = (y * columns) + x;
                if (inside[at] == 0)
                    continue;
                var (dx, dy) = (((x + 0.5) / columns) - 0.5, ((y + 0.5) / rows) - 0.52);
                centrality += Math.Exp(-((dx * dx) + (dy * dy)) / (2 * 0.25 * 0.25));
                if (y == 0 || x == 0 || x == columns - 1)
                    borderPixels++;
                else if (boundary[at] > 0 && y < rows - 2)
                {
                    length++;
                    strong += contrasts[at] > MinBoundaryContrast ? 1 : 0;
                }
            }
        }

        if (length == 0 || IsGround(inside, columns, rows))
            return 0;
        var sharpness = (double)strong / length;
        var roughness = length / (2 * Math.Sqrt(Math.PI * area));
        var borderShare = (double)borderPixels / (columns + (2 * rows));
        // Of two strong boundaries, one inside the other, the outer one is the complete object.
        var size = Math.Clamp(Math.Pow(share / 0.3, 0.2), 0.3, 1);
        return sharpness * sharpness
            * Math.Clamp((ColourSeparation.Of(picture, mask) - 0.3) / 0.35, 0, 1)
            * Math.Clamp(1.6 - (roughness / 5), 0.2, 1)
            * Math.Clamp(1.15 - (1.1 * borderShare), 0.1, 1)
            * Math.Clamp(0.3 + (1.4 * centrality / area), 0, 1)
            * size;
    }

    /// <summary>A mask along the whole lower edge that reaches both sides is ground, not an object.</summary>
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
