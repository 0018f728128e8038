using System.Runtime.CompilerServices;

namespace Kinema.Motion.Rendering;

/// <summary>The coefficients of one YCbCr channel: a weighted sum of red, green and blue in 8 bit codes, BT.709, limited range.</summary>
/// <remarks>ITU-R BT.709-6, 3.2 to 3.5.</remarks>
internal readonly record struct YCbCrChannel(float Red, float Green, float Blue, float Offset)
{
    private const float Kr = 0.2126f;
    private const float Kg = 0.7152f;
    private const float Kb = 0.0722f;

    public static YCbCrChannel Luma { get; } = new YCbCrChannel(Kr, Kg, Kb, 0).Scaled(219f / 255, 16);

    public static YCbCrChannel Cb { get; } = new YCbCrChannel(-Kr, -Kg, 1 - Kb, 0).Scaled(224f / 255 / (2 * (1 - Kb)), 128);

    public static YCbCrChannel Cr { get; } = new YCbCrChannel(1 - Kr, -Kg, -Kb, 0).Scaled(224f / 255 / (2 * (1 - Kr)), 128);

    /// <summary>Converts one row of pixels (blue, green, red; a byte each) to codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Convert(ReadOnlySpan<byte> pixels, Span<float> codes)
    {
        for (int x = 0, at = 0; at < pixels.Length; x++, at += 3)
            codes[x] = (pixels[at] * Blue) + (pixels[at + 1] * Green) + (pixels[at + 2] * Red) + Offset;
    }

    private YCbCrChannel Scaled(float scale, float offset) => new(Red * scale, Green * scale, Blue * scale, offset);
}
