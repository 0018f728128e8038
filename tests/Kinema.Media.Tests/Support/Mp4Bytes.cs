using System.Buffers.Binary;
using System.Text;

namespace Kinema.Media.Tests.Support;

/// <summary>Takes MP4 files apart and puts them together wrongly.</summary>
internal static class Mp4Bytes
{
    private static readonly string[] _containers = ["moov", "trak", "mdia", "minf", "dinf", "stbl", "edts"];

    /// <summary>Replaces the content of every box of this type; boxes around it are resized. Only for files whose index comes last.</summary>
    public static byte[] Rewrite(byte[] file, string type, Func<byte[], byte[]> content)
    {
        using var result = new MemoryStream();
        for (var at = 0; at + 8 <= file.Length;)
        {
            var size = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var name = Encoding.ASCII.GetString(file, at + 4, 4);
            var inside = file[(at + 8)..(at + size)];
            inside = name == type ? content(inside) : _containers.Contains(name) ? Rewrite(inside, type, content) : inside;
            result.Write(Box(name, inside));
            at += size;
        }

        return result.ToArray();
    }

    /// <summary>
    /// Says in every track's header that its pictures are to be turned a quarter clockwise (ISO/IEC 14496-12, 8.3.2 and 6.2.2). ffmpeg's own ways of saying
    /// this differ from release to release.
    /// </summary>
    /// <param name="height">Of the pictures as stored: turned about their corner, they are moved back by it.</param>
    public static byte[] TurnedClockwise(byte[] file, int height) => Rewrite(file, "tkhd", header =>
    {
        var matrix = header.AsSpan(header[0] == 1 ? 52 : 40);
        int[] quarter = [0, 1 << 16, 0, -1 << 16, 0, 0, height << 16, 0, 1 << 30];
        for (var i = 0; i < quarter.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(matrix[(i * 4)..], quarter[i]);
        return header;
    });

    public static byte[] Box(string name, byte[] content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(name, box.AsSpan(4));
        content.CopyTo(box, 8);
        return box;
    }
}
