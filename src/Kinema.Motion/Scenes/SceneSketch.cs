using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Pictures of a scene's parts, for people to look at.</summary>
internal sealed record SceneSketch(IReadOnlyList<(string Name, Mat Picture)> Pictures) : IDisposable
{
    public static SceneSketch Of(Scene scene)
    {
        List<(string, Mat)> pictures = [];
        for (var i = 0; i < scene.Layers.Count; i++)
        {
            var layer = scene.Layers[i];
            pictures.Add(($"colour-{i}", layer.Colour.Clone()));
            if (layer.Matte is { } matte)
                pictures.Add(($"matte-{i}", matte.Clone()));
            pictures.Add(($"surface-{i}", Shade(layer.Depth, scene.Width, scene.Height)));
        }

        pictures.Add(("depth", Depth(scene)));
        pictures.Add(("rest", AtRest(scene)));
        return new SceneSketch(pictures);
    }

    /// <summary>All layers laid over each other, the camera at rest.</summary>
    public static Mat AtRest(Scene scene) => Compose(scene, layer => layer.Colour.Clone());

    /// <summary>Nearness of what is seen: white is near.</summary>
    public static Mat Depth(Scene scene) => Compose(scene, layer => Shade(layer.Depth, scene.Width, scene.Height));

    private static Mat Compose(Scene scene, Func<Layer, Mat> part)
    {
        var result = new Mat();
        foreach (var layer in scene.Layers)
        {
            using var own = part(layer);
            using var wide = new Mat();
            own.ConvertTo(wide, MatType.MakeType(MatType.CV_32F, own.Channels()));
            if (layer.Matte is not { } matte)
            {
                wide.CopyTo(result);
                continue;
            }

            using var alpha = new Mat();
            matte.ConvertTo(alpha, MatType.CV_32FC1, 1 / 255.0);
            using var all = PushPull.Widen(alpha, own.Channels());
            Cv2.Subtract(wide, result, wide);
            Cv2.Multiply(wide, all, wide);
            Cv2.Add(result, wide, result);
        }

        result.ConvertTo(result, MatType.MakeType(MatType.CV_8U, result.Channels()));
        return result;
    }

    private static Mat Shade(InverseDepth depth, int width, int height)
    {
        var shade = new Mat(height, width, MatType.CV_8UC1);
        var bytes = new byte[width * height];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Math.Round(255 * Math.Clamp(depth.At(((i % width) + 0.5) / width, ((i / width) + 0.5) / height), 0, 1));
        shade.SetArray(bytes);
        return shade;
    }

    public void Dispose()
    {
        foreach (var (_, picture) in Pictures)
            picture.Dispose();
    }
}
