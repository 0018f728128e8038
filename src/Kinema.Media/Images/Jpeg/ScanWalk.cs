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
            if (nonzero.Length > 0 && scan.SpectralStart > 0 && scan.Components[0].Component == component && !WalkAll(frame, scan, file, new AcBlocks(scan, nonzero)))
                return null;
        }

        return Walk(frame, last, file, new AcBlocks(last, nonzero));
    }

    /// <summary>Walks only what follows the last restart marker, as nothing is missing before it. Damage may have shortened an interval, which is no cut.</summary>
    private static long? Walk<TBlocks>(JpegFrame frame, JpegScan scan, ReadOnlySpan<byte> file, TBlocks blocks)
        where TBlocks : struct, IScanBlocks
    {
        var mcus = frame.Mcus(scan);
        var reader = new EntropyReader(file[scan.Start..scan.End]);
        long first = 0;
        for (var next = reader; scan.RestartInterval > 0 && first + scan.RestartInterval < mcus && next.Restart(); reader = next)
            first += scan.RestartInterval;
        return WalkInterval(ref reader, ref blocks, first, scan.RestartInterval > 0 ? Math.Min(first + scan.RestartInterval, mcus) : mcus);
    }

    /// <summary>Walks a whole scan for what its blocks note of it; false for an invalid code.</summary>
    private static bool WalkAll<TBlocks>(JpegFrame frame, JpegScan scan, ReadOnlySpan<byte> file, TBlocks blocks)
        where TBlocks : struct, IScanBlocks
    {
        var mcus = frame.Mcus(scan);
        var interval = scan.RestartInterval > 0 ? scan.RestartInterval : mcus;
        var reader = new EntropyReader(file[scan.Start..scan.End]);
        for (long first = 0; first < mcus && (first == 0 || reader.Restart()); first += interval)
        {
            blocks.Restart();
            if (WalkInterval(ref reader, ref blocks, first, Math.Min(first + interval, mcus)) is null)
                return false;
        }

        return true;
    }

    /// <returns>The MCU that is reached; null for an invalid code.</returns>
    private static long? WalkInterval<TBlocks>(ref EntropyReader reader, ref TBlocks blocks, long first, long end)
        where TBlocks : struct, IScanBlocks
    {
        for (var mcu = first; mcu < end; mcu++)
        {
            var isValid = blocks.TryMcu(ref reader, mcu);
            if (reader.IsSpent)
                return mcu;
            if (!isValid)
                return null;
        }

        return end;
    }
}
