using Kinema.Engines;
using Kinema.Motion.Tests.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>Test pictures of every shape and kind: sample photographs, crops of them, and synthetic ones.</summary>
internal static class Pictures
{
    public static IReadOnlyList<string> Photographs => EngineHarness.Samples;

    /// <summary>Crops of photographs in other shapes, and one smaller than any screen.</summary>
    public static IReadOnlyList<string> Shapes { get; } = ["portrait", "square", "tiny", "wide strip", "tall strip"];

    public static IReadOnlyList<string> Drawn { get; } = ["line art", "screenshot", "uniform", "product"];

    /// <summary>Forty megapixels.</summary>
    public const string Huge = "huge";

    public static IReadOnlyList<string> All { get; } = [.. Photographs, .. Shapes, .. Drawn, Huge];

    /// <summary>Pictures with trackable features.</summary>
    public static IReadOnlyList<string> WithDetail { get; } = [.. All.Where(name => name != "uniform")];

    /// <returns>A file; a temporary one for a generated picture.</returns>
    public static string FileOf(EngineHarness harness, string name)
    {
        if (Photographs.Contains(name))
            return EngineHarness.Sample(name);
        var path = harness.NewFile(name == Huge ? "huge.jpg" : $"{name}.png");
        using var drawn = name switch
        {
            "portrait" => Part("astronaut-512x512.png", new Rect(40, 0, 300, 512)),
            "square" => Part("raccoon-1024x768.jpg", new Rect(200, 60, 640, 640)),
            "tiny" => Resized("cat-451x300.png", 240, 240, InterpolationFlags.Area),
            "wide strip" => Resized("rocket-640x427.jpg", 1920, 240, InterpolationFlags.Area),
            "tall strip" => Part("raccoon-1024x768.jpg", new Rect(420, 0, 154, 768)),
            "line art" => Mat(SyntheticPictures.LineArt(800, 600)),
            "screenshot" => Mat(SyntheticPictures.Screenshot(960, 600)),
            "uniform" => Mat(SyntheticPictures.Uniform(640, 480, noise: 2)),
            "product" => Mat(Product()),
            Huge => Resized("raccoon-1024x768.jpg", 7300, 5475, InterpolationFlags.Cubic),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
        drawn.SaveImage(path).ShouldBeTrue();
        return path;
    }

    private static RgbImage Product()
    {
        var (picture, mask) = SyntheticPictures.Pedestal(960, 720);
        mask.Dispose();
        return picture;
    }

    private static Mat Part(string sample, Rect part)
    {
        using var whole = Cv2.ImRead(EngineHarness.Sample(sample));
        return whole[part].Clone();
    }

    private static Mat Resized(string sample, int width, int height, InterpolationFlags by)
    {
        using var whole = Cv2.ImRead(EngineHarness.Sample(sample));
        return whole.Resize(new Size(width, height), interpolation: by);
    }

    private static Mat Mat(RgbImage image)
    {
        using var rgb = OpenCvSharp.Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, image.Pixels.ToArray());
        return rgb.CvtColor(ColorConversionCodes.RGB2BGR);
    }
}
