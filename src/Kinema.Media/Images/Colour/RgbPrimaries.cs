namespace Kinema.Media.Images.Colour;

/// <summary>Chromaticities of red, green, blue and white.</summary>
internal sealed record RgbPrimaries(Chromaticity Red, Chromaticity Green, Chromaticity Blue, Chromaticity White)
{
    private static readonly Chromaticity _d65 = new(0.3127, 0.3290);
    private static readonly Chromaticity _c = new(0.310, 0.316);

    public static RgbPrimaries Srgb { get; } = new(new(0.640, 0.330), new(0.300, 0.600), new(0.150, 0.060), _d65);

    /// <remarks>ITU-T H.273, table 2.</remarks>
    public static RgbPrimaries? Find(int number) => number switch
    {
        1 => Srgb,
        4 => new(new(0.67, 0.33), new(0.21, 0.71), new(0.14, 0.08), _c),
        5 => new(new(0.64, 0.33), new(0.29, 0.60), new(0.15, 0.06), _d65),
        6 or 7 => new(new(0.630, 0.340), new(0.310, 0.595), new(0.155, 0.070), _d65),
        8 => new(new(0.681, 0.319), new(0.243, 0.692), new(0.145, 0.049), _c),
        9 => new(new(0.708, 0.292), new(0.170, 0.797), new(0.131, 0.046), _d65),
        10 => new(new(1, 0), new(0, 1), new(0, 0), new(1.0 / 3, 1.0 / 3)),
        11 => new(new(0.680, 0.320), new(0.265, 0.690), new(0.150, 0.060), new(0.314, 0.351)),
        12 => new(new(0.680, 0.320), new(0.265, 0.690), new(0.150, 0.060), _d65),
        22 => new(new(0.630, 0.340), new(0.295, 0.605), new(0.155, 0.077), _d65),
        _ => null,
    };

    /// <summary>Linear RGB of these primaries to linear sRGB, white to white.</summary>
    public Matrix3 ToSrgb() => Srgb.ToXyz().Inverse() * Adaptation(White.ToXyz(), Srgb.White.ToXyz()) * ToXyz();

    /// <remarks>SMPTE RP 177: the columns are the primaries, scaled so that their sum is white.</remarks>
    private Matrix3 ToXyz()
    {
        var columns = Matrix3.FromColumns(Red.ToXyz(), Green.ToXyz(), Blue.ToXyz());
        return columns * Matrix3.Diagonal(columns.Inverse() * White.ToXyz());
    }

    /// <remarks>Bradford, as ICC.1:2022, annex E.</remarks>
    private static Matrix3 Adaptation(Vector3d from, Vector3d to)
    {
        var bradford = new Matrix3(new(0.8951, 0.2664, -0.1614), new(-0.7502, 1.7135, 0.0367), new(0.0389, -0.0685, 1.0296));
        var (source, target) = (bradford * from, bradford * to);
        return bradford.Inverse() * Matrix3.Diagonal(new(target.X / source.X, target.Y / source.Y, target.Z / source.Z)) * bradford;
    }
}

/// <summary>CIE 1931 x and y.</summary>
internal readonly record struct Chromaticity(double X, double Y)
{
    /// <summary>At luminance 1, or the primaries' own Z where there is no luminance.</summary>
    public Vector3d ToXyz() => Y == 0 ? new(X, 0, 1 - X) : new(X / Y, 1, (1 - X - Y) / Y);
}
