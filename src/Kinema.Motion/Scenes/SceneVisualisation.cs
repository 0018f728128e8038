using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Images of the parts of a scene, for inspection.</summary>
internal sealed record SceneVisualisation(IReadOnlyList<(string Name, Mat Picture)> Pictures) : IDisposable
{
    public static SceneVisualisation Of(Scene scene)
    {
        List<(string, Mat)> pictures = [];
        for (var i = 0; i < scene.Layers.Count; i++)
        {
            var layer = scene.Layers[i];
            pictures.Add(($"colour-{i}", layer.Colour.Clone()));
            if (layer.Matte is { } matte)
                pictures.Add(($"matte-{i}", matte.Clone()));
            pictures.Add(($"surface-{i}", RenderDepth(layer.Depth, scene.Width, scene.Height)));
        }

        pictures.Add(("depth", DepthMap(scene)));
        pictures.Add(("rest", Composite(scene)));
        return new SceneVisualisation(pictures);
    }

    /// <summary>The composite of all layers with the camera at rest.</summary>
    public static Mat Composite(Scene scene) => Compose(scene, layer => layer.Colour.Clone());

    /// <summary>The inverse depth of the visible surfaces: white is near.</summary>
    public static Mat DepthMap(Scene scene) => Compose(scene, layer => RenderDepth(layer.Depth, scene.Width, scene.Height));

    private static Mat Compose(Scene scene, Func<Layer, Mat> part)
    {
        var result = new Mat();
        foreach (var layer in scene.Layers)
        {
            using var rendered = part(layer);
            using var colour = new Mat();
            rendered.ConvertTo(colour, MatType.MakeType(MatType.CV_32F, rendered.Channels()));
            if (layer.Matte is not { } matte)
            {
                colour.CopyTo(result);
                continue;
            }

            using var alpha = new Mat();
            matte.ConvertTo(alpha, MatType.CV_32FC1, 1 / 255.0);
            using var weights = PushPull.RepeatChannel(alpha, rendered.Channels());
            Cv2.Subtract(colour, result, colour);
            Cv2.Multiply(colour, weights, colour);
            Cv2.Add(result, colour, result);
        }

        result.ConvertTo(result, MatType.MakeType(MatType.CV_8U, result.Channels()));
        return result;
    }

    private static Mat RenderDepth(InverseDepth depth, int width, int height)
    {
        var image = new Mat(height, width, MatType.CV_8UC1);
        var bytes = new byte[width * height];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Round(255 * Math.Clamp(depth.At(((i % width) + 0.5) / width, ((i / width) + 0.5) / height), 0, 1));
        image.SetArray(bytes);
        return image;
    }

    public void Dispose()
    {
        foreach (var (_, picture) in Pictures)
            picture.Dispose();
    }
}
