using System.Buffers.Binary;
using System.IO.Compression;

namespace Kinema.Media.Tests.Support;

/// <summary>PNG files chunk by chunk, for what no encoder at hand writes.</summary>
public static class PngBytes
{
    private const int HeaderEnd = 33;
    private const int EndBytes = 12;

    /// <summary>Puts a chunk behind the header.</summary>
    public static byte[] WithChunk(byte[] png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => [.. png[..HeaderEnd], .. Chunk(type, data), .. png[HeaderEnd..]];

    /// <summary>Puts a chunk behind the pixels.</summary>
    public static byte[] WithLastChunk(byte[] png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => [.. png[..^EndBytes], .. Chunk(type, data), .. png[^EndBytes..]];

    /// <summary>Leaves out what an encoder wrote about colour.</summary>
    public static byte[] WithoutColour(byte[] png) =>
        [.. png[..8], .. Chunks(png).Where(chunk => chunk.Type is "IHDR" or "IDAT" or "IEND" or "PLTE").SelectMany(chunk => chunk.Bytes)];

    public static IEnumerable<(string Type, byte[] Bytes)> Chunks(byte[] png)
    {
        for (var position = 8; position < png.Length;)
        {
            var end = position + 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(position));
            yield return (System.Text.Encoding.ASCII.GetString(png, position + 4, 4), png[position..end]);
            position = end;
        }
    }

    /// <summary>The data of the first chunk of a type.</summary>
    public static byte[] Find(byte[] png, string type) => Chunks(png).First(chunk => chunk.Type == type).Bytes[8..^4];

    public static byte[] WithProfile(byte[] png, byte[] profile) => WithChunk(png, "iCCP"u8, [.. "profile\0"u8, 0, .. Zlib(profile)]);

    /// <summary>A picture of 16 bits a channel (gray, or red, green and blue) from a function of the place.</summary>
    public static byte[] Deep(int width, int height, Func<int, int, ushort[]> pixel)
    {
        var isGray = pixel(0, 0).Length == 1;
        using var rows = new MemoryStream();
        for (var y = 0; y < height; y++)
        {
            rows.WriteByte(0);
            for (var x = 0; x < width; x++)
            {
                foreach (var channel in pixel(x, y))
                    rows.Write([(byte)(channel >> 8), (byte)channel]);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (16, isGray ? (byte)0 : (byte)2);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, Zlib(rows.ToArray())), .. Chunk("IEND"u8, [])];
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. type, .. data];
        var chunk = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Crc(body));
        return chunk;
    }

    private static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
