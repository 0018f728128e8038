using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The kind of content of a picture.</summary>
internal enum PictureKind
{
    /// <summary>A scene with depth.</summary>
    NaturalScene,

    /// <summary>Nearly one colour.</summary>
    Uniform,

    /// <summary>Thin strokes on paper.</summary>
    Drawing,

    /// <summary>Flat areas with axis-aligned edges: a screenshot, a slide, a table.</summary>
    Screenshot,
}

/// <summary>Classifies pictures. Flat content has no depth, so any depth would be an invention.</summary>
internal static class PictureKinds
{
    public static PictureKind Classify(AnalysisImage picture)
    {
        using var across = new Mat();
        using var down = new Mat();
        Cv2.Sobel(picture.Grey, across, MatType.CV_32FC1, 1, 0, 3, 0.25);
        Cv2.Sobel(picture.Grey, down, MatType.CV_32FC1, 0, 1, 3, 0.25);
        across.GetArray(out float[] gx);
        down.GetArray(out float[] gy);
        int edges = 0, flat = 0;
        double lesser = 0, greater = 0;
        for (var i = 0; i < gx.Length; i++)
        {
            var (x, y) = (Math.Abs(gx[i]), Math.Abs(gy[i]));
            if (x + y < 0.003)
                flat++;
            if (Math.Max(x, y) < 0.06)
                continue;
            edges++;
            lesser += Math.Min(x, y);
            greater += Math.Max(x, y);
        }

        var (edgeShare, flatShare) = ((double)edges / gx.Length, (double)flat / gx.Length);
        if (edgeShare < 0.001 && Spread(picture.Lab) < 6)
            return PictureKind.Uniform;
        if (HasStrokes(picture.Grey, MorphTypes.Close) || HasStrokes(picture.Grey, MorphTypes.Open))
            return PictureKind.Drawing;
        return flatShare > 0.5 && edgeShare > 0.03 && lesser / greater < 0.22 ? PictureKind.Screenshot : PictureKind.NaturalScene;
    }

    public static string Note(PictureKind kind) => kind switch
    {
        PictureKind.Uniform => "the picture is nearly one colour: it was taken as flat",
        PictureKind.Drawing => "the picture looks like a line drawing: it was taken as flat",
        _ => "the picture looks like a screen or a page: it was taken as flat",
    };

    private static double Spread(Mat lab)
    {
        Cv2.MeanStdDev(lab, out _, out var deviation);
        return deviation.Val0 + deviation.Val1 + deviation.Val2;
    }

    /// <summary>Whether a small closing (dark on light) or opening (light on dark) removes strokes and leaves plain paper.</summary>
    private static bool HasStrokes(Mat grey, MorphTypes operation)
    {
        using var square = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(9, 9));
        using var paper = new Mat();
        Cv2.MorphologyEx(grey, paper, operation, square);
        using var ink = new Mat();
        Cv2.Absdiff(paper, grey, ink);
        Cv2.MeanStdDev(paper, out _, out var deviation);
        Cv2.Threshold(ink, ink, 0.2, 1, ThresholdTypes.Binary);
        var share = Cv2.Mean(ink).Val0;
        return deviation.Val0 < 0.06 && share is > 0.004 and < 0.4;
    }
}
