using System.Buffers.Binary;

namespace Kinema.Media.Images.Jpeg;

/// <summary>The frame and all scans of a JPEG file, up to its end marker or to where it breaks off. Without a frame nothing can be said of it.</summary>
/// <remarks>ITU-T T.81, annex B. Segments are passed over by their length, so a thumbnail's end marker does not count, nor does anything behind the picture's own.</remarks>
internal sealed record JpegFile(JpegFrame? Frame, IReadOnlyList<JpegScan> Scans, bool HasEnd)
{
    /// <summary>A progressive picture has some ten scans.</summary>
    private const int MaxScans = 256;

    public static JpegFile Read(ReadOnlySpan<byte> file)
    {
        var tables = new JpegTables();
        var scans = new List<JpegScan>();
        JpegFrame? frame = null;
        var (position, interval, expectsScan) = (2, 0, true);
        while (NextMarker(file, position) is var marker and >= 0)
        {
            var type = file[marker + 1];
            if (type == 0xD9)
                return new(frame, scans, !expectsScan);

            position = marker + 2;
            if (type is 0x01 or (>= 0xD0 and <= 0xD8))
                continue;
            if (position + 2 > file.Length)
                break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
            if (length < 2 || position + length > file.Length)
                break;

            var content = file[(position + 2)..(position + length)];
            position += length;
            // Tables and restart intervals are defined for a scan: an end marker right behind them was put there.
            expectsScan |= type is 0xC4 or 0xDB or 0xDD;
            switch (type)
            {
                case 0xC4:
                    tables.Define(content);
                    break;
                case 0xDD when content.Length >= 2:
                    interval = BinaryPrimitives.ReadUInt16BigEndian(content);
                    break;
                case 0xDA:
                    var end = EntropyEnd(file, position);
                    if (frame is null || scans.Count == MaxScans)
                        return new(null, [], true);
                    if (JpegScan.Parse(content, frame, tables, interval, position, end) is not { } scan)
                        return new(frame, scans, false);
                    scans.Add(scan);
                    expectsScan = false;
                    position = end;
                    break;
                case >= 0xC0 and <= 0xCF and not (0xC8 or 0xCC):
                    frame ??= JpegFrame.Parse(type, content);
                    break;
            }
        }

        return new(frame, scans, false);
    }

    /// <summary>Any bytes may stand before a marker, as decoders allow; a marker's own 0xFF may be repeated.</summary>
    private static int NextMarker(ReadOnlySpan<byte> file, int position)
    {
        while (position < file.Length - 1)
        {
            var next = file[position..].IndexOf((byte)0xFF);
            if (next < 0)
                return -1;
            position += next;
            if (position + 1 < file.Length && file[position + 1] is not (0 or 0xFF))
                return position;
            position++;
        }

        return -1;
    }

    /// <summary>Entropy-coded data end at the first marker that is no restart marker.</summary>
    private static int EntropyEnd(ReadOnlySpan<byte> file, int position)
    {
        while (NextMarker(file, position) is var marker and >= 0)
        {
            if (file[marker + 1] is not (>= 0xD0 and <= 0xD7))
                return marker;
            position = marker + 2;
        }

        return file.Length;
    }
}
