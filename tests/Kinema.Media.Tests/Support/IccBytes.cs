using System.Buffers.Binary;

namespace Kinema.Media.Tests.Support;

/// <summary>ICC profiles of gray pictures, of the tags that ICC.1:2001-04, 6.3.1 demands.</summary>
public static class IccBytes
{
    private static readonly byte[] _white = [0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D];

    public static byte[] Gray(string connectionSpace, byte[] curve)
    {
        (string Name, byte[] Data)[] tags =
        [
            ("cprt", [.. "text\0\0\0\0none\0\0\0\0"u8]),
            ("desc", [.. "desc\0\0\0\0"u8, 0, 0, 0, 5, .. "gray\0"u8, .. new byte[79]]),
            ("kTRC", [.. curve, .. new byte[(4 - (curve.Length % 4)) % 4]]),
            ("wtpt", [.. "XYZ \0\0\0\0"u8, .. _white]),
        ];
        var offset = 132 + (tags.Length * 12);
        byte[] table = [.. Big(tags.Length)];
        byte[] data = [];
        foreach (var tag in tags)
        {
            table = [.. table, .. Ascii(tag.Name), .. Big(offset + data.Length), .. Big(tag.Data.Length)];
            data = [.. data, .. tag.Data];
        }

        byte[] header =
        [
            .. Big(128 + table.Length + data.Length), .. new byte[4], 2, 0x40, 0, 0, .. "mntrGRAY"u8, .. Ascii(connectionSpace), .. new byte[12],
            .. "acsp"u8, .. new byte[28], .. _white, .. new byte[48],
        ];
        return [.. header, .. table, .. data];
    }

    public static byte[] Identity() => [.. "curv"u8, .. new byte[8]];

    public static byte[] Gamma(double gamma) => [.. "curv\0\0\0\0"u8, 0, 0, 0, 1, .. Big((int)(gamma * 256))[2..]];

    public static byte[] Table(Func<double, double> curve, int count = 256) =>
        [.. "curv\0\0\0\0"u8, .. Big(count), .. Enumerable.Range(0, count).SelectMany(i => Big((int)Math.Round(65535 * curve(i / (count - 1.0))))[2..])];

    /// <summary>Type 3: (ax + b)^g from d on, below it cx.</summary>
    public static byte[] Parametric(params double[] parameters) =>
        [.. "para\0\0\0\0"u8, 0, 3, 0, 0, .. parameters.SelectMany(p => Big((int)Math.Round(p * 65536)))];

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
