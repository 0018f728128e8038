using System.Buffers.Binary;

namespace Kinema.Media.Tests.Support;

/// <summary>Bitmaps with an alpha channel (BITMAPV5HEADER), rows from the bottom.</summary>
public static class BmpBytes
{
    private const int Start = 14 + 124;

    /// <param name="alpha">Alpha of a pixel by its place.</param>
    public static byte[] WithAlpha(int width, int height, Func<int, int, byte> alpha)
    {
        using var bitmap = Pictures.Quarters(width, height);
        var file = new byte[Start + (4 * width * height)];
        "BM"u8.CopyTo(file);
        Write(2, file.Length);
        Write(10, Start);
        Write(14, 124);
        Write(18, width);
        Write(22, height);
        (file[26], file[28], file[30]) = (1, 32, 3);
        Write(34, 4 * width * height);
        Write(54, 0xFF0000);
        Write(58, 0xFF00);
        Write(62, 0xFF);
        Write(66, unchecked((int)0xFF000000));
        "BGRs"u8.CopyTo(file.AsSpan(70));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var colour = bitmap.GetPixel(x, y);
                Write(Start + (4 * (((height - 1 - y) * width) + x)), (alpha(x, y) << 24) | (colour.Red << 16) | (colour.Green << 8) | colour.Blue);
            }
        }

        return file;

        void Write(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(position), value);
    }
}
