namespace Kinema.Media.Tests.Support;

/// <summary>Light, 1 for reference white of 203 cd/m² (BT.2408), to values of PQ and HLG.</summary>
internal static class HdrFormulas
{
    private const double White = 203;

    /// <remarks>BT.2100-2, table 4.</remarks>
    public static double Pq(double light)
    {
        var y = Math.Pow(light * White / 10_000, 2610.0 / 16384);
        return Math.Pow(((3424.0 / 4096) + (2413.0 / 128 * y)) / (1 + (2392.0 / 128 * y)), 2523.0 / 32);
    }

    /// <summary>Light of a display with a peak of 1000 cd/m² through the inverse OOTF, whose gamma of 1.2 applies to luminance, and the OETF.</summary>
    /// <remarks>BT.2100-2, table 5.</remarks>
    public static double[] Hlg(double[] light)
    {
        double[] display = [.. light.Select(channel => Math.Max(channel, 0) * White / 1000)];
        var luminance = (0.2627 * display[0]) + (0.6780 * display[1]) + (0.0593 * display[2]);
        return [.. display.Select(channel => Oetf(channel * Math.Pow(luminance, (1 - 1.2) / 1.2)))];

        static double Oetf(double e) => e <= 1.0 / 12 ? Math.Sqrt(3 * e) : (0.17883277 * Math.Log((12 * e) - 0.28466892)) + 0.55991073;
    }
}
