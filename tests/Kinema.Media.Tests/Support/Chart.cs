using Kinema.Engines;

namespace Kinema.Media.Tests.Support;

/// <summary>The sRGB chart of four by three cells in <c>base.png</c>, and the same encoded otherwise.</summary>
public static class Chart
{
    public const int Cell = 80;

    public static byte[][] Colours { get; } =
    [
        [200, 40, 40], [40, 180, 60], [40, 60, 200], [230, 200, 40],
        [120, 120, 120], [60, 60, 60], [190, 190, 190], [250, 250, 250],
        [180, 90, 60], [90, 140, 170], [150, 60, 150], [60, 130, 120],
    ];

    /// <summary>A PNG of 16 bits whose cells are encoded by a function of their light in sRGB's primaries, with one more chunk that tells how.</summary>
    public static byte[] Encode(Func<double[], double[]> encode, ReadOnlySpan<byte> cicp)
    {
        var cells = Colours.Select(colour => encode([.. colour.Select(level => Linear(level / 255.0))]).Select(v => (ushort)Math.Round(Math.Clamp(v, 0, 1) * 65535)).ToArray()).ToArray();
        return PngBytes.WithChunk(PngBytes.Deep(4 * Cell, 3 * Cell, (x, y) => cells[(y / Cell * 4) + (x / Cell)]), "cICP"u8, cicp);
    }

    /// <summary>The colours in the middle of the cells.</summary>
    public static byte[][] Read(RgbImage image) =>
        [.. Enumerable.Range(0, 12).Select(i => image.Pixels.Span.Slice(((((((i / 4 * 2) + 1) * image.Height) / 6) * image.Width) + ((((i % 4 * 2) + 1) * image.Width) / 8)) * 3, 3).ToArray())];

    public static int LargestDifference(byte[][] a, byte[][] b) => a.Zip(b).Max(pair => pair.First.Zip(pair.Second).Max(c => Math.Abs(c.First - c.Second)));

    public static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
