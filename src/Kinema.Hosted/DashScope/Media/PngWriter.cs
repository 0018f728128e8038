using System.Buffers.Binary;
using System.IO.Compression;
using Kinema.Engines;

namespace Kinema.Hosted.DashScope.Media;

/// <summary>Writes a PNG of three channels. Each row is stored as its difference to the row above, which photographs compress well by.</summary>
internal static class PngWriter
{
    private const uint Polynomial = 0xEDB88320;
    private const byte Up = 2;

    public static byte[] Write(RgbImage image)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        header[9] = 2;

        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(image));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(RgbImage image)
    {
        var pixels = image.Pixels.Span;
        var stride = image.Width * 3;
        using var compressed = new MemoryStream();
        using (var zip = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[stride + 1];
            row[0] = Up;
            for (var y = 0; y < image.Height; y++)
            {
                var at = y * stride;
                for (var x = 0; x < stride; x++)
                    row[x + 1] = (byte)(pixels[at + x] - (y == 0 ? 0 : pixels[at + x - stride]));
                zip.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ Polynomial : crc >> 1;
        }

        return crc;
    }
}
