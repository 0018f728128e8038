namespace Kinema.Media.Images.Colour;

/// <summary>Stored values to linear light, 1 for reference white.</summary>
internal static class TransferFunction
{
    /// <summary>Luminance of reference white in an HDR picture, cd/m² (ITU-R BT.2408-7, table 1).</summary>
    public const double HdrReferenceWhite = 203;

    /// <summary>Peak of the display that HLG is graded for, cd/m²; its system gamma is then 1.2 (ITU-R BT.2100-2, table 5).</summary>
    private const double HlgPeak = 1000;

    /// <remarks>ITU-T H.273, table 3.</remarks>
    public static bool IsKnown(int number) => number is 1 or 4 or 5 or 6 or 8 or 13 or 14 or 15 or Cicp.Pq or 17 or Cicp.Hlg;

    /// <summary>
    /// For HLG light of the scene from 0 to 1, which <see cref="HlgGain"/> turns into light of the display. The functions of the video standards describe
    /// cameras; pictures taken from videos are made to be seen like sRGB, and programs show them so.
    /// </summary>
    public static double ToLinear(int number, double value) => number switch
    {
        4 => Math.Pow(value, 2.2),
        5 => Math.Pow(value, 2.8),
        8 => value,
        Cicp.Pq => Pq(value) / HdrReferenceWhite,
        17 => 52.37 / 48 * Math.Pow(value, 2.6),
        Cicp.Hlg => Hlg(value),
        _ => SrgbEncoding.ToLinear(value),
    };

    /// <summary>Factor from light of the scene to light of the display at a luminance of the scene (BT.2100-2, table 5, HLG OOTF).</summary>
    public static double HlgGain(double luminance) => HlgPeak / HdrReferenceWhite * Math.Pow(luminance, 0.2);

    /// <remarks>BT.2100-2, table 4: cd/m².</remarks>
    private static double Pq(double value)
    {
        const double m1 = 2610.0 / 16384;
        const double m2 = 2523.0 / 4096 * 128;
        const double c1 = 3424.0 / 4096;
        const double c2 = 2413.0 / 4096 * 32;
        const double c3 = 2392.0 / 4096 * 32;
        var root = Math.Pow(value, 1 / m2);
        return 10_000 * Math.Pow(Math.Max(root - c1, 0) / (c2 - (c3 * root)), 1 / m1);
    }

    /// <remarks>BT.2100-2, table 5: inverse OETF.</remarks>
    private static double Hlg(double value)
    {
        const double a = 0.17883277;
        const double b = 1 - (4 * a);
        const double c = 0.55991073;
        return value <= 0.5 ? value * value / 3 : (Math.Exp((value - c) / a) + b) / 12;
    }
}
