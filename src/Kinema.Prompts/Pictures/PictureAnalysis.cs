using Kinema.Engines;

namespace Kinema.Prompts.Pictures;

/// <summary>Reads light, colours and framing off a small copy of a picture. Says nothing where a picture lies between two values.</summary>
internal static class PictureAnalysis
{
    /// <summary>Longest side of the copy: enough for what is read off it.</summary>
    public const int Side = 96;

    private const double Dark = 0.26, Bright = 0.70, HardContrast = 0.30, SoftContrast = 0.14;
    private const double Colourless = 0.025, Muted = 0.09, Vivid = 0.32, Warm = 0.07, Cool = -0.05;

    public static PictureTraits Of(RgbImage picture)
    {
        var pixels = picture.Pixels.Span;
        var count = picture.Width * picture.Height;
        if (count == 0)
            return PictureTraits.None;

        double luma = 0, squares = 0, chroma = 0, warmth = 0;
        for (var i = 0; i < count * 3; i += 3)
        {
            var (r, g, b) = (pixels[i] / 255.0, pixels[i + 1] / 255.0, pixels[i + 2] / 255.0);
            var light = (0.2126 * r) + (0.7152 * g) + (0.0722 * b);
            luma += light;
            squares += light * light;
            chroma += Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b));
            warmth += r - b;
        }

        var mean = luma / count;
        var contrast = Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        return new(SubjectShare.FramingOf(picture), LightOf(mean, contrast), ToneOf(chroma / count, warmth / count));
    }

    private static string? LightOf(double mean, double contrast) =>
        mean < Dark ? "dark"
        : contrast > HardContrast ? "hard"
        : mean > Bright ? "bright"
        : contrast < SoftContrast ? "soft"
        : null;

    private static string? ToneOf(double chroma, double warmth) =>
        chroma < Colourless ? "monochrome"
        : chroma > Vivid ? "vivid"
        : warmth > Warm ? "warm"
        : warmth < Cool ? "cool"
        : chroma < Muted ? "muted"
        : null;
}
