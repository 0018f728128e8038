using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Cleans a mask by morphology: removes specks, fills small holes and smooths the boundary.</summary>
internal static class MaskCleaner
{
    private const double MinComponentShare = 0.15;
    private const double MaxHoleShare = 0.02;

    public static void Clean(Mat mask)
    {
        var size = Math.Max(1, Math.Max(mask.Cols, mask.Rows) / 320);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * size) + 1, (2 * size) + 1));
        using var framed = new Mat();
        // The padding keeps parts cut off by the edge of the picture from being rounded there.
        Cv2.CopyMakeBorder(mask, framed, 8, 8, 8, 8, BorderTypes.Replicate);
        Cv2.MorphologyEx(framed, framed, MorphTypes.Close, disc);
        Cv2.MorphologyEx(framed, framed, MorphTypes.Open, disc);
        using (var inner = new Mat(framed, new Rect(8, 8, mask.Cols, mask.Rows)))
            inner.CopyTo(mask);
        KeepLargeComponents(mask, areas => areas.Max() * MinComponentShare);
        Cv2.BitwiseNot(mask, mask);
        var hole = mask.Rows * mask.Cols * MaxHoleShare;
        KeepLargeComponents(mask, areas => Math.Min(hole, areas.Max()));
        Cv2.BitwiseNot(mask, mask);
    }

    private static void KeepLargeComponents(Mat mask, Func<IEnumerable<int>, double> minArea)
    {
        using var labels = new Mat();
        using var stats = new Mat();
        using var centres = new Mat();
        var count = Cv2.ConnectedComponentsWithStats(mask, labels, stats, centres, PixelConnectivity.Connectivity4);
        if (count < 2)
            return;
        var areas = Enumerable.Range(0, count).Select(i => stats.At<int>(i, (int)ConnectedComponentsTypes.Area)).ToArray();
        var limit = minArea(areas.Skip(1));
        labels.GetArray(out int[] at);
        mask.SetArray(Array.ConvertAll(at, label => label > 0 && areas[label] >= limit ? (byte)255 : (byte)0));
    }
}
