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

    public static byte[] Box(string name, byte[] content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(name, box.AsSpan(4));
        content.CopyTo(box, 8);
        return box;
    }
}
