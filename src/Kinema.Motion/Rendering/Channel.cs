using System.Runtime.CompilerServices;

namespace Kinema.Motion.Rendering;

/// <summary>A weighted sum of red, green and blue that gives 8 bit codes: BT.709, limited range.</summary>
/// <remarks>ITU-R BT.709-6, 3.2 to 3.5.</remarks>
internal readonly record struct Channel(float Red, float Green, float Blue, float Offset)
{
    private const float Kr = 0.2126f;
    private const float Kg = 0.7152f;
    private const float Kb = 0.0722f;

    public static Channel Luma { get; } = new Channel(Kr, Kg, Kb, 0).Scaled(219f / 255, 16);

    public static Channel Cb { get; } = new Channel(-Kr, -Kg, 1 - Kb, 0).Scaled(224f / 255 / (2 * (1 - Kb)), 128);

    public static Channel Cr { get; } = new Channel(1 - Kr, -Kg, -Kb, 0).Scaled(224f / 255 / (2 * (1 - Kr)), 128);

    /// <summary>Turns one row of pixels (blue, green, red; a byte each) into codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Convert(ReadOnlySpan<byte> pixels, Span<float> codes)
    {
        for (int x = 0, at = 0; at < pixels.Length; x++, at += 3)
            codes[x] = (pixels[at] * Blue) + (pixels[at + 1] * Green) + (pixels[at + 2] * Red) + Offset;
    }

    private Channel Scaled(float scale, float offset) => new(Red * scale, Green * scale, Blue * scale, offset);
}
