namespace Kinema.Media.Images.Jpeg;

/// <summary>Blocks of a progressive scan of means: a number each in the first scan, one bit each in the others.</summary>
/// <remarks>ITU-T T.81, G.1.2.1.</remarks>
internal readonly struct DcBlocks(JpegScan scan) : IScanBlocks
{
    private readonly HuffmanTable?[] _blocks = [.. scan.Blocks.Select(c => c.Dc)];

    private readonly bool _isFirst = scan.HighBit == 0;

    public void Restart()
    {
    }

    public bool TryMcu(ref EntropyReader reader, long mcu)
    {
        foreach (var table in _blocks)
        {
            reader.Refill();
            if (!_isFirst)
            {
                reader.Drop(1);
                continue;
            }

            var code = table?.Find(reader.Next16) ?? 0;
            if (code == 0 || (code & 0xFF) > 15)
                return false;
            reader.Drop((code >> 8) + (code & 0xFF));
        }

        return true;
    }
}
