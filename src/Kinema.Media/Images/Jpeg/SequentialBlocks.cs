namespace Kinema.Media.Images.Jpeg;

/// <summary>Blocks of a baseline or extended sequential scan: a mean and up to 63 coefficients.</summary>
/// <remarks>ITU-T T.81, F.2.2.</remarks>
internal readonly struct SequentialBlocks(JpegScan scan) : IScanBlocks
{
    private readonly (HuffmanTable? Dc, HuffmanTable? Ac)[] _blocks = [.. scan.Blocks.Select(c => (c.Dc, c.Ac))];

    public void Restart()
    {
    }

    public bool TryMcu(ref EntropyReader reader, long mcu)
    {
        foreach (var (dc, ac) in _blocks)
        {
            if (dc is null || ac is null || !TryBlock(ref reader, dc, ac))
                return false;
        }

        return true;
    }

    private static bool TryBlock(ref EntropyReader reader, HuffmanTable dc, HuffmanTable ac)
    {
        reader.Refill();
        var code = dc.Find(reader.Next16);
        if (code == 0 || (code & 0xFF) > 15)
            return false;
        reader.Drop((code >> 8) + (code & 0xFF));

        for (var k = 1; k < 64; k++)
        {
            reader.Refill();
            code = ac.Find(reader.Next16);
            if (code == 0)
                return false;
            var (run, size) = ((code >> 4) & 15, code & 15);
            reader.Drop((code >> 8) + size);
            if (size == 0 && run != 15)
                return true;
            k += run;
        }

        return true;
    }
}
