namespace Kinema.Media.Images.Colour;

/// <summary>A gray picture whose profile gives lightness (L*) for each stored value; Skia applies only those that give XYZ.</summary>
/// <remarks>ICC.1:2022, 8.3.4 and F.2: the curve gives the connection space's achromatic channel; here L* from 0 to 100.</remarks>
internal sealed class GrayProfile(Func<double, double> lightness) : ISourceColour
{
    public string? Note => null;

    /// <returns>Null if Skia applies the profile itself, or nobody can.</returns>
    public static GrayProfile? Parse(ReadOnlySpan<byte> bytes)
    {
        var profile = new IccProfile(bytes);
        return profile.IsProfile
            && profile.DataColourSpace.SequenceEqual("GRAY"u8)
            && profile.ConnectionSpace.SequenceEqual("Lab "u8)
            && ToneCurve.Parse(profile.Find("kTRC"u8)) is { } curve
            ? new(curve)
            : null;
    }

    public IPixelConversion CreateConversion() => new Conversion(lightness);

    /// <remarks>CIE 15: L* to the luminance relative to white, which is gray of sRGB whatever the white of the connection space.</remarks>
    private static double Luminance(double lightness)
    {
        var root = (lightness + 16) / 116;
        return lightness > 8 ? root * root * root : lightness * 27 / 24389;
    }

    private sealed class Conversion(Func<double, double> lightness) : IPixelConversion
    {
        private readonly HalfTable _luminance = new(stored => Luminance(100 * Math.Clamp(lightness(stored), 0, 1)));

        public (byte Red, byte Green, byte Blue) Convert(Half red, Half green, Half blue)
        {
            var level = SrgbEncoding.Encode(_luminance[red]);
            return (level, level, level);
        }
    }
}
