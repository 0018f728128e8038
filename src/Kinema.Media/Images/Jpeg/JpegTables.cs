namespace Kinema.Media.Images.Jpeg;

/// <summary>The Huffman tables in force; a later definition replaces an earlier one for the scans behind it.</summary>
internal sealed class JpegTables
{
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[4];
    private readonly HuffmanTable?[] _ac = new HuffmanTable?[4];

    public HuffmanTable? Dc(int number) => number < 4 ? _dc[number] : null;

    public HuffmanTable? Ac(int number) => number < 4 ? _ac[number] : null;

    /// <summary>Reads one DHT segment, which may define several tables (ITU-T T.81, B.2.4.2).</summary>
    public void Define(ReadOnlySpan<byte> content)
    {
        while (content.Length > HuffmanTable.Lengths)
        {
            var (isAc, number) = (content[0] >> 4 == 1, content[0] & 15);
            var symbols = 0;
            foreach (var count in content.Slice(1, HuffmanTable.Lengths))
                symbols += count;
            if (number > 3 || symbols > 256 || content.Length < 1 + HuffmanTable.Lengths + symbols)
                return;

            (isAc ? _ac : _dc)[number] = HuffmanTable.Create(content.Slice(1, HuffmanTable.Lengths), content.Slice(1 + HuffmanTable.Lengths, symbols));
            content = content[(1 + HuffmanTable.Lengths + symbols)..];
        }
    }
}
