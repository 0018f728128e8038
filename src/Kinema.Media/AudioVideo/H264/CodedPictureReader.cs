using System.Buffers.Binary;

namespace Kinema.Media.AudioVideo.H264;

/// <summary>Reads the headers of the pictures of one H.264 track, where ffprobe says that they lie in the file.</summary>
internal sealed class CodedPictureReader
{
    /// <summary>Enough of a unit for what is looked at; messages that stand behind longer ones are not found.</summary>
    private const int UnitBytes = 512;

    /// <summary>Units before a picture's first slice: parameter sets and messages.</summary>
    private const int MaxUnits = 64;

    private const int MaxDescriptions = 16;
    private const int MaxConfigurationBytes = 64 << 10;

    /// <summary>Bytes of a visual sample entry before its boxes (ISO/IEC 14496-12, 12.1.3).</summary>
    private const int SampleEntryBytes = 78;

    private readonly ParameterSets _sets = new();
    private int _lengthBytes;

    /// <returns>Null for each packet that cannot be read, and for all of a file that describes its samples in contradicting ways.</returns>
    public static IReadOnlyList<CodedPicture?> Read(string path, int track, IReadOnlyList<ProbeLine> packets)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var reader = new CodedPictureReader();
        var canRead = reader.ReadDescriptions(new(file), file.Length, track);
        var bytes = new BoundedReader(file);
        return [.. packets.Select(packet => canRead ? reader.ReadPicture(bytes, packet) : null)];
    }

    /// <summary>ffprobe numbers streams as the file does tracks.</summary>
    private bool ReadDescriptions(IsoBoxes boxes, long length, int track)
    {
        var index = boxes.Between(0, length).FirstOrDefault(box => box is { Type: "moov", Fits: true });
        var found = boxes.Between(index.Content, index.End).Where(box => box is { Type: "trak", Fits: true }).ElementAtOrDefault(track);
        return boxes.Find(boxes.Find(boxes.Find(boxes.Find(found, "mdia"), "minf"), "stbl"), "stsd") is { } descriptions
            && boxes.Between(Math.Min(descriptions.Content + 8, descriptions.End), descriptions.End).Take(MaxDescriptions).All(entry => ReadDescription(boxes, entry))
            && _lengthBytes > 0;
    }

    /// <summary>Which of several descriptions is in force for a sample is not looked at: they must agree.</summary>
    private bool ReadDescription(IsoBoxes boxes, IsoBox entry)
    {
        if (boxes.Find(entry with { Content = Math.Min(entry.Content + SampleEntryBytes, entry.End) }, "avcC") is not { } box)
            return false;

        var configuration = boxes.Read(box, 0, (int)Math.Min(box.End - box.Content, MaxConfigurationBytes));
        if (configuration.Length < 5)
            return false;
        _lengthBytes = (configuration[4] & 3) + 1;
        return _sets.AddConfiguration(configuration);
    }

    private CodedPicture? ReadPicture(BoundedReader file, ProbeLine packet)
    {
        if (packet.Position is not { } position)
            return null;

        var end = position + packet.Bytes;
        uint? refresh = null;
        for (var unit = 0; unit < MaxUnits && position + _lengthBytes < end; unit++)
        {
            var length = ReadLength(file, position);
            position += _lengthBytes;
            ReadOnlySpan<byte> content = file.ReadBlock(position, Math.Min(length, end - position), UnitBytes);
            // The first bit of a unit is 0.
            if (content.IsEmpty || length > end - position || (content[0] & 0x80) != 0)
                return null;

            switch (ParameterSets.NalType(content[0]))
            {
                case 1 or 5:
                    return CodedPicture.Parse(content, _sets, refresh);
                case 6:
                    refresh ??= RecoveryPoint.Find(content);
                    break;
                case 7 or 8:
                    _sets.Add(content);
                    break;
            }

            position += length;
        }

        return null;
    }

    private long ReadLength(BoundedReader file, long position)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        number.Clear();
        return file.TryRead(position, number[^_lengthBytes..]) ? BinaryPrimitives.ReadUInt32BigEndian(number) : 0;
    }
}
