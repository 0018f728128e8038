using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Decomposes a picture into layers, the nearest first, and assigns a surface to each.</summary>
internal static class LayerDecomposition
{
    /// <param name="depth">32 bit inverse depth of the visible surfaces.</param>
    /// <param name="masks">The pixels of each layer, the nearest first, each mask within the next.</param>
    public static Scene Decompose(Mat picture, Mat depth, IReadOnlyList<Mat> masks, double blur, SceneAnalysis analysis, CancellationToken ct)
    {
        if (masks.Count == 0)
        {
            var surface = SurfaceFitting.Normalise(SurfaceFitting.FitAll(depth))[0];
            return Decompose(picture, [surface], masks, blur, analysis with { Subject = analysis.Subject with { InverseDepth = surface.At(0.5, 0.5) } }, ct);
        }

        List<InverseDepth> surfaces = [];
        using var remaining = new Mat(depth.Size(), MatType.CV_8UC1, Scalar.All(255));
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(5, 5));
        foreach (var mask in masks)
        {
            using var layerMask = new Mat();
            Cv2.Erode(mask, layerMask, disc);
            Cv2.BitwiseAnd(layerMask, remaining, layerMask);
            surfaces.Insert(0, Fit(depth, layerMask));
            using var removed = new Mat();
            Cv2.Dilate(mask, removed, disc);
            Cv2.Subtract(remaining, removed, remaining);
        }

        surfaces.Insert(0, Fit(depth, remaining));
        return Decompose(picture, SurfaceFitting.Normalise(surfaces), masks, blur, analysis, ct);
    }

    /// <param name="surfaces">The rearmost first; one more than masks.</param>
    public static Scene Decompose(
        Mat picture, IReadOnlyList<InverseDepth> surfaces, IReadOnlyList<Mat> masks, double blur, SceneAnalysis analysis, CancellationToken ct)
    {
        List<Layer> layers = [];
        var background = picture.Clone();
        try
        {
            for (var i = 0; i < masks.Count; i++)
            {
                var (colour, matte, inpainted) = LayerExtraction.Extract(background, masks[i], blur, ct);
                layers.Insert(0, new Layer(colour, matte, surfaces[^(i + 1)]));
                background.Dispose();
                background = inpainted;
            }
        }
        catch
        {
            background.Dispose();
            layers.ForEach(layer => layer.Dispose());
            throw;
        }

        layers.Insert(0, new Layer(background, null, surfaces[0]));
        return new Scene(layers, analysis);
    }

    private static InverseDepth Fit(Mat depth, Mat where)
    {
        using var weight = new Mat();
        where.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        return SurfaceFitting.Fit(depth, weight, 0.03);
    }
}
