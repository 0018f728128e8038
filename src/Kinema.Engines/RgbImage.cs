namespace Kinema.Engines;

/// <summary>A decoded image, 8-bit sRGB.</summary>
/// <param name="Width">Width, pixels.</param>
/// <param name="Height">Height, pixels.</param>
/// <param name="Pixels">Rows from top to bottom, three bytes per pixel (red, green, blue), no padding: <c>Width × Height × 3</c> bytes.</param>
public sealed record RgbImage(int Width, int Height, ReadOnlyMemory<byte> Pixels);
