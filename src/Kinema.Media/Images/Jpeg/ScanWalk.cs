namespace Kinema.Media.Images.Jpeg;

/// <summary>Counts the MCUs for which a picture's last scan has data, by going over its Huffman codes without computing any coefficient.</summary>
internal static class ScanWalk
{
    /// <returns>Null if the data are damaged rather than cut: an invalid code, or a table that is missing.</returns>
    public static long? CountMcus(JpegFrame frame, IReadOnlyList<JpegScan> scans, ReadOnlySpan<byte> file)
    {
        var last = scans[^1];
        if (!frame.IsProgressive)
            return Walk(frame, last, file, new SequentialBlocks(last));
        if (last.SpectralStart == 0)
            return Walk(frame, last, file, new DcBlocks(last));

        // Refinement has one bit for each coefficient that an earlier scan of the component made nonzero: those scans come first.
        var nonzero = last.HighBit == 0 ? [] : new ulong[frame.Mcus(last)];
        var component = last.Components[0].Component;
        foreach (var scan in scans.SkipLast(1))
        {
            if (nonzero.Length > 0 && scan.SpectralStart > 0 && scan.Components[0].Component == component && Walk(frame, scan, file, new AcBlocks(scan, nonzero)) is null)
                return null;
        }

        return Walk(frame, last, file, new AcBlocks(last, nonzero));
    }

    private static long? Walk<TBlocks>(JpegFrame frame, JpegScan scan, ReadOnlySpan<byte> file, TBlocks blocks)
        where TBlocks : struct, IScanBlocks
    {
        var mcus = frame.Mcus(scan);
        var interval = scan.RestartInterval > 0 ? scan.RestartInterval : mcus;
        var reader = new EntropyReader(file[scan.Start..scan.End]);
        long reached = 0;
        for (long first = 0; first < mcus; first += interval)
        {
            if (first > 0 && !reader.Restart())
                break;

            // Damage can shorten an interval: if another follows, the scan is not cut here.
            blocks.Restart();
            for (reached = first; reached < Math.Min(first + interval, mcus); reached++)
            {
                var isValid = blocks.TryMcu(ref reader, reached);
                if (reader.IsSpent)
                    break;
                if (!isValid)
                    return null;
            }
        }

        return reached;
    }
}
