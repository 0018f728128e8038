using System.Buffers.Binary;
using System.Text;

namespace Kinema.Media.AudioVideo;

/// <summary>Header of an MP4 or QuickTime file, read from its boxes without starting a program.</summary>
internal sealed record MovieHeader
{
    private const int MaxBoxes = 20_000;
    private const int MaxTracks = 16;
    private const long MaxIndexBytes = 32 << 20;

    /// <summary>Reason to reject the file before probing, or null.</summary>
    public string? Problem { get; private init; }

    /// <summary>Declared width of the first video track that is not a single picture, pixels: a cover may be larger.</summary>
    public int Width { get; private init; }

    public int Height { get; private init; }

    /// <summary>Frame count of the same track in the index; excludes fragments.</summary>
    public long Frames { get; private init; }

    public static MovieHeader Read(Stream file)
    {
        var boxes = new IsoBoxes(file);
        IsoBox? index = null;
        var (count, hasSamples) = (0, false);
        foreach (var box in boxes.Between(0, file.Length))
        {
            if (++count > MaxBoxes)
                return Bad("it is made of too many pieces");
            // Some cameras leave trailing data of any kind; media data and index must be complete.
            if (!box.Fits && (index is null || box.Type is "mdat" or "moov" or "moof"))
                return Bad("the file is cut short or damaged");
            if (box.Type == "moov" && index is not null)
                return Bad("it has more than one index");
            if (box.Type == "moov")
                index = box;
            hasSamples |= box.Type == "mdat";
        }

        if (index is not null && !hasSamples)
            return Bad("it has an index but no pictures; the file is cut short");
        return index is { } moov ? ReadIndex(boxes, moov) : Bad("it has no index (moov box); the file is cut short or was never finished");
    }

    private static MovieHeader ReadIndex(IsoBoxes boxes, IsoBox moov)
    {
        if (moov.End - moov.Content > MaxIndexBytes)
            return Bad("its index is far too large");

        var (tracks, pictures, width, height, frames) = (0, 0, 0, 0, 0L);
        foreach (var box in boxes.Between(moov.Content, moov.End))
        {
            if (!box.Fits)
                return Bad("its index is damaged");
            if (box.Type is "cmov" or "rmra")
                return Bad(box.Type == "cmov" ? "its index is compressed" : "it only refers to other files");
            if (box.Type != "trak")
                continue;
            if (++tracks > MaxTracks)
                return Bad($"it has more than {MaxTracks} tracks");

            var media = boxes.Find(box, "mdia");
            var info = boxes.Find(media, "minf");
            if (RefersOutside(boxes, info))
                return Bad("it refers to another file");
            if (boxes.Find(media, "hdlr") is not { } handler || Text(boxes.Read(handler, 8, 4)) != "vide")
                continue;

            var ((w, h), samples) = (Size(boxes, info), Samples(boxes, info));
            if (pictures++ == 0 || (frames == 1 && samples != 1))
                (width, height, frames) = (w, h, samples);
        }

        return pictures == 0 ? Bad("it has no pictures") : new() { Width = width, Height = height, Frames = frames };
    }

    /// <summary>Returns whether an entry of the data reference box names another file (8.7.2: flag 1 is "the same file").</summary>
    private static bool RefersOutside(IsoBoxes boxes, IsoBox? info)
    {
        if (boxes.Find(boxes.Find(info, "dinf"), "dref") is not { } references)
            return false;

        foreach (var entry in boxes.Between(Math.Min(references.Content + 8, references.End), references.End))
        {
            if (!entry.Fits || boxes.Read(entry, 0, 4) is not [_, _, _, var flags] || (flags & 1) == 0)
                return true;
        }

        return false;
    }

    /// <summary>Returns the size in the first sample entry (12.1.3): eight bytes before it, eight of size and type, then 24 to the sides.</summary>
    private static (int Width, int Height) Size(IsoBoxes boxes, IsoBox? info) =>
        boxes.Find(boxes.Find(info, "stbl"), "stsd") is { } descriptions && boxes.Read(descriptions, 8 + 8 + 24, 4) is { IsEmpty: false } sides
            ? (BinaryPrimitives.ReadUInt16BigEndian(sides), BinaryPrimitives.ReadUInt16BigEndian(sides[2..]))
            : (0, 0);

    /// <summary>Both kinds of the sample size box count their entries in the same place (8.7.3).</summary>
    private static long Samples(IsoBoxes boxes, IsoBox? info)
    {
        var table = boxes.Find(info, "stbl");
        return (boxes.Find(table, "stsz") ?? boxes.Find(table, "stz2")) is { } sizes && boxes.Read(sizes, 8, 4) is { IsEmpty: false } count
            ? BinaryPrimitives.ReadUInt32BigEndian(count)
            : 0;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static MovieHeader Bad(string problem) => new() { Problem = problem };
}
