using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Takes a picture apart into its layers, the nearest first, and gives each its surface.</summary>
internal static class Layering
{
    /// <param name="depth">32 bit inverse depth of what is seen.</param>
    /// <param name="masks">What is nearer than each cut, the nearest first, each within the next.</param>
    public static Scene Of(Mat picture, Mat depth, IReadOnlyList<Mat> masks, double blur, SceneReading reading, CancellationToken ct)
    {
        if (masks.Count == 0)
        {
            var surface = Surface.Stretch(Surface.Everywhere(depth))[0];
            return Of(picture, [surface], masks, blur, reading with { Subject = reading.Subject with { InverseDepth = surface.At(0.5, 0.5) } }, ct);
        }

        List<InverseDepth> surfaces = [];
        using var left = new Mat(depth.Size(), MatType.CV_8UC1, Scalar.All(255));
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(5, 5));
        foreach (var mask in masks)
        {
            using var own = new Mat();
            Cv2.Erode(mask, own, disc);
            Cv2.BitwiseAnd(own, left, own);
            surfaces.Insert(0, Fit(depth, own));
            using var taken = new Mat();
            Cv2.Dilate(mask, taken, disc);
            Cv2.Subtract(left, taken, left);
        }

        surfaces.Insert(0, Fit(depth, left));
        return Of(picture, Surface.Stretch(surfaces), masks, blur, reading, ct);
    }

    /// <param name="surfaces">The rearmost first, one more than masks.</param>
    public static Scene Of(
        Mat picture, IReadOnlyList<InverseDepth> surfaces, IReadOnlyList<Mat> masks, double blur, SceneReading reading, CancellationToken ct)
    {
        List<Layer> layers = [];
        var behind = picture.Clone();
        try
        {
            for (var i = 0; i < masks.Count; i++)
            {
                var (colour, matte, rest) = Peel.Off(behind, masks[i], blur, ct);
                layers.Insert(0, new Layer(colour, matte, surfaces[^(i + 1)]));
                behind.Dispose();
                behind = rest;
            }
        }
        catch
        {
            behind.Dispose();
            layers.ForEach(layer => layer.Dispose());
            throw;
        }

        layers.Insert(0, new Layer(behind, null, surfaces[0]));
        return new Scene(layers, reading);
    }

    private static InverseDepth Fit(Mat depth, Mat where)
    {
        using var weight = new Mat();
        where.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        return Surface.Fit(depth, weight, 0.03);
    }
}
