namespace Kinema.Media.Images.Colour;

/// <summary>Linear light to 8 bit sRGB, by a table with steps below a fifth of a level.</summary>
/// <remarks>IEC 61966-2-1.</remarks>
internal static class SrgbEncoding
{
    private const int Steps = 16384;

    private static readonly byte[] _levels = [.. Enumerable.Range(0, Steps + 1).Select(step => (byte)Math.Round(255 * FromLinear((double)step / Steps)))];

    public static byte Encode(double linear) => _levels[(int)((Math.Clamp(linear, 0, 1) * Steps) + 0.5)];

    public static double ToLinear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    public static double FromLinear(double linear) => linear <= 0.0031308 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
}
