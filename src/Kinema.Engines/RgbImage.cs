namespace Kinema.Engines;

/// <summary>A decoded picture, 8 bit sRGB.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">Rows from the top, three bytes a pixel (red, green, blue), no padding: <c>Width × Height × 3</c> bytes.</param>
public sealed record RgbImage(int Width, int Height, ReadOnlyMemory<byte> Pixels);
