using System.Runtime.InteropServices;

namespace Kinema.Media.Tests.Support;

/// <summary>
/// A chart of flat patches as clips of several kinds, in float64 from the published formulas: BT.709/BT.1886, BT.2020, SMPTE ST 2084 (PQ), BT.2100 (HLG),
/// SMPTE EG 432-1 (P3) and IEC 61966-2-1 (sRGB). Reference white is 203 cd/m² in PQ and HLG (BT.2408).
/// </summary>
internal static class ColourChart
{
    public const int Patch = 64;
    public const int Width = Patch * 6;
    public const int Height = Patch * 4;

    private static readonly double[,] _toBt2020 = { { 0.627404, 0.329283, 0.043313 }, { 0.069097, 0.919540, 0.011362 }, { 0.016391, 0.088013, 0.895595 } };
    private static readonly double[,] _toP3 = { { 0.822462, 0.177538, 0 }, { 0.033194, 0.966806, 0 }, { 0.017083, 0.072397, 0.910520 } };

    public static double[][] Colours { get; } =
    [
        [200, 40, 40], [40, 180, 60], [40, 60, 200], [230, 200, 40], [40, 200, 220], [200, 60, 180],
        [128, 128, 128], [40, 40, 40], [220, 170, 140], [90, 60, 40], [60, 90, 140], [230, 230, 230],
        [20, 20, 20], [160, 30, 30], [30, 120, 30], [30, 30, 160], [180, 180, 90], [90, 180, 180],
        [210, 120, 60], [70, 130, 90], [120, 80, 160], [190, 190, 190], [64, 64, 64], [255, 255, 255],
    ];

    /// <summary>Writes a clip of two seconds with this chart, in 12 bits: in PQ one step of 10 bits is up to two levels.</summary>
    /// <param name="kind"><c>hlg</c>, <c>pq</c>, <c>bt2020</c>, <c>p3</c> (transfer of BT.709) or <c>p3-srgb</c>.</param>
    /// <param name="colours">24 colours; those above if null.</param>
    public static string Write(Folder folder, string kind, double[][]? colours = null)
    {
        var (primaries, transfer, matrix, kr, kb) = kind switch
        {
            "hlg" => ("bt2020", "arib-std-b67", "bt2020nc", 0.2627, 0.0593),
            "pq" => ("bt2020", "smpte2084", "bt2020nc", 0.2627, 0.0593),
            "bt2020" => ("bt2020", "bt2020-10", "bt2020nc", 0.2627, 0.0593),
            "p3" => ("smpte432", "bt709", "bt709", 0.2126, 0.0722),
            _ => ("smpte432", "iec61966-2-1", "bt709", 0.2126, 0.0722),
        };
        var raw = folder.Write(kind + ".raw", Planes([.. (colours ?? Colours).Select(colour => ToYCbCr(Encode(kind, colour), kr, kb))]));
        var path = folder.Path(kind + ".mp4");
        Tool.Run("ffmpeg", [
            "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p12le", "-s", $"{Width}x{Height}", "-r", "12", "-stream_loop", "23", "-i", raw,
            "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", $"log-level=none:lossless=1:colorprim={primaries}:transfer={transfer}:colormatrix={matrix}:range=limited",
            "-color_primaries", primaries, "-color_trc", transfer, "-colorspace", matrix, "-color_range", "tv", path]);
        return path;
    }

    /// <summary>A patch's colour in a frame of limited BT.709, in levels of 0 to 255 that may lie outside.</summary>
    public static double[] Read(byte[] frame, int patch)
    {
        var (x, y) = ((patch % 6 * Patch) + (Patch / 2), (patch / 6 * Patch) + (Patch / 2));
        var chroma = (y / 2 * (Width / 2)) + (x / 2);
        var luma = (frame[(y * Width) + x] - 16) / 219.0;
        var cb = (frame[(Width * Height) + chroma] - 128) / 224.0;
        var cr = (frame[(Width * Height * 5 / 4) + chroma] - 128) / 224.0;
        var (r, b) = (luma + (1.5748 * cr), luma + (1.8556 * cb));
        return [255 * r, 255 * (luma - (0.2126 * r) - (0.0722 * b)) / 0.7152, 255 * b];
    }

    private static double[] Encode(string kind, double[] colour)
    {
        if (kind == "p3-srgb")
            return [.. Multiply(_toP3, [.. colour.Select(v => v / 255 <= 0.04045 ? v / 255 / 12.92 : Math.Pow(((v / 255) + 0.055) / 1.055, 2.4))])
                .Select(v => v <= 0.0031308 ? 12.92 * v : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055)];

        // BT.1886: the display of a standard video.
        double[] light = [.. colour.Select(v => Math.Pow(v / 255, 2.4))];
        return kind switch
        {
            "p3" => [.. Multiply(_toP3, light).Select(v => Math.Pow(v, 1 / 2.4))],
            "bt2020" => [.. Multiply(_toBt2020, light).Select(v => Math.Pow(v, 1 / 2.4))],
            "pq" => [.. Multiply(_toBt2020, light).Select(HdrFormulas.Pq)],
            _ => HdrFormulas.Hlg(Multiply(_toBt2020, light)),
        };
    }

    private static double[] Multiply(double[,] by, double[] light) =>
        [.. Enumerable.Range(0, 3).Select(row => (by[row, 0] * light[0]) + (by[row, 1] * light[1]) + (by[row, 2] * light[2]))];

    private static double[] ToYCbCr(double[] rgb, double kr, double kb)
    {
        var y = (kr * rgb[0]) + ((1 - kr - kb) * rgb[1]) + (kb * rgb[2]);
        return [256 + (3504 * y), 2048 + (3584 * (rgb[2] - y) / (2 * (1 - kb))), 2048 + (3584 * (rgb[0] - y) / (2 * (1 - kr)))];
    }

    private static byte[] Planes(double[][] patches)
    {
        List<ushort> samples = [];
        foreach (var (plane, step) in ((int, int)[])[(0, 1), (1, 2), (2, 2)])
        {
            for (var y = 0; y < Height; y += step)
            {
                for (var x = 0; x < Width; x += step)
                    samples.Add((ushort)Math.Round(patches[(y / Patch * 6) + (x / Patch)][plane]));
            }
        }

        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(samples)).ToArray();
    }
}
