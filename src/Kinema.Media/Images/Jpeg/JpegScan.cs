namespace Kinema.Media.Images.Jpeg;

/// <summary>One scan: its header, the tables in force where it begins, and where its entropy-coded data lie in the file.</summary>
/// <remarks>ITU-T T.81, B.2.3.</remarks>
internal sealed record JpegScan
{
    public required IReadOnlyList<ScanComponent> Components { get; init; }

    public required int SpectralStart { get; init; }

    public required int SpectralEnd { get; init; }

    /// <summary>Ah: the bit before the one that this scan adds, or 0 in the first scan of a band.</summary>
    public required int HighBit { get; init; }

    /// <summary>Al: 0 once the last bit is there.</summary>
    public required int LowBit { get; init; }

    /// <summary>MCUs between two restart markers; 0 for none.</summary>
    public required int RestartInterval { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    /// <summary>The component of each block of one MCU, in order. A scan of one component has one block.</summary>
    public IEnumerable<ScanComponent> Blocks =>
        Components is [_] ? Components : Components.SelectMany(c => Enumerable.Repeat(c, c.Component.Horizontal * c.Component.Vertical));

    /// <returns>Null if the header contradicts the frame.</returns>
    public static JpegScan? Parse(ReadOnlySpan<byte> content, JpegFrame frame, JpegTables tables, int restartInterval, int start, int end)
    {
        if (content.Length < 1 || content[0] is 0 or > 4 || content.Length < 4 + (content[0] * 2))
            return null;

        var components = new ScanComponent[content[0]];
        for (var i = 0; i < components.Length; i++)
        {
            var (id, selectors) = (content[1 + (i * 2)], content[2 + (i * 2)]);
            if (frame.Components.FirstOrDefault(c => c.Id == id) is not { } component)
                return null;
            components[i] = new(component, tables.Dc(selectors >> 4), tables.Ac(selectors & 15));
        }

        var tail = content[(1 + (components.Length * 2))..];
        var scan = new JpegScan
        {
            Components = components,
            SpectralStart = frame.IsProgressive ? tail[0] : 0,
            SpectralEnd = frame.IsProgressive ? tail[1] : 63,
            HighBit = frame.IsProgressive ? tail[2] >> 4 : 0,
            LowBit = frame.IsProgressive ? tail[2] & 15 : 0,
            RestartInterval = restartInterval,
            Start = start,
            End = end,
        };
        return scan.SpectralEnd <= 63 && scan.SpectralStart <= scan.SpectralEnd && (scan.SpectralStart == 0 || components.Length == 1) ? scan : null;
    }
}

/// <summary>A component of a scan with its Huffman tables; null where none was defined.</summary>
internal sealed record ScanComponent(JpegComponent Component, HuffmanTable? Dc, HuffmanTable? Ac);
