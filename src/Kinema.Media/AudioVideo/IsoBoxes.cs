using System.Buffers.Binary;
using System.Text;

namespace Kinema.Media.AudioVideo;

/// <summary>One box of an MP4 or QuickTime file: ISO/IEC 14496-12, 4.2.</summary>
/// <param name="Content">Offset of the content, after size and type.</param>
/// <param name="End">Offset of the next box.</param>
/// <param name="Fits">False if the box is larger than its parent; enumeration ends with it.</param>
internal readonly record struct IsoBox(string Type, long Content, long End, bool Fits);

/// <summary>Enumerates the boxes of a file and validates every size.</summary>
internal sealed class IsoBoxes(Stream file)
{
    private const int SizeAndType = 8;

    public IEnumerable<IsoBox> Between(long start, long end)
    {
        var head = new byte[SizeAndType];
        while (start + SizeAndType <= end)
        {
            ReadAt(start, head);
            var type = Encoding.Latin1.GetString(head, 4, 4);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var content = start + SizeAndType;
            if (size == 1)
                (size, content) = (ReadLong(content, end), content + 8);
            else if (size == 0)
                size = end - start;

            var fits = size >= content - start && size <= end - start;
            yield return new(type, content, fits ? start + size : end, fits);
            if (!fits)
                yield break;
            start += size;
        }
    }

    /// <summary>Returns the first box of this type in another, or null.</summary>
    public IsoBox? Find(IsoBox? parent, string type)
    {
        if (parent is not { } inside)
            return null;

        foreach (var box in Between(inside.Content, inside.End))
        {
            if (box.Type == type && box.Fits)
                return box;
        }

        return null;
    }

    /// <summary>Reads bytes of a box's content; empty if the box is shorter.</summary>
    public ReadOnlySpan<byte> Read(IsoBox box, int offset, int count)
    {
        if (box.Content + offset + count > box.End)
            return [];

        var bytes = new byte[count];
        ReadAt(box.Content + offset, bytes);
        return bytes;
    }

    private long ReadLong(long position, long end)
    {
        if (position + 8 > end)
            return 0;

        var bytes = new byte[8];
        ReadAt(position, bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private void ReadAt(long position, byte[] bytes)
    {
        file.Position = position;
        file.ReadExactly(bytes);
    }
}
