using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kinema.Media.Images.Jpeg;

/// <summary>Finds symbols by the next sixteen bits: by table if the code is short, as most are, else by the largest code of each length.</summary>
/// <remarks>ITU-T T.81, annex C and F.2.2.3.</remarks>
internal sealed class HuffmanTable
{
    public const int Lengths = 16;

    /// <summary>A lookup of nine bits stays in the processor's first cache beside the data.</summary>
    private const int LookupBits = 9;

    private readonly ushort[] _lookup = new ushort[1 << LookupBits];
    private readonly int[] _limits = new int[Lengths + 1];
    private readonly int[] _offsets = new int[Lengths + 1];
    private readonly byte[] _symbols;

    private HuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <returns>Null if the counts are those of no prefix code.</returns>
    public static HuffmanTable? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var table = new HuffmanTable(symbols.ToArray());
        var (code, next) = (0, 0);
        for (var length = 1; length <= Lengths; length++)
        {
            table._offsets[length] = next - code;
            for (var i = 0; i < counts[length - 1]; i++, code++, next++)
            {
                if (code >= 1 << length)
                    return null;
                if (length <= LookupBits)
                    table._lookup.AsSpan(code << (LookupBits - length), 1 << (LookupBits - length)).Fill((ushort)((length << 8) | symbols[next]));
            }

            // The first sixteen-bit value that is no code of this length.
            table._limits[length] = code << (Lengths - length);
            code <<= 1;
        }

        return table;
    }

    /// <returns>Length of the code in the upper byte and symbol in the lower; 0 if the bits begin no code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int next16)
    {
        // Sixteen bits shifted right by seven stay within the table; the check costs a tenth of the whole walk.
        var found = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lookup), (nint)(uint)next16 >> (Lengths - LookupBits));
        return found != 0 ? found : FindLong(next16);
    }

    private int FindLong(int next16)
    {
        for (var length = LookupBits + 1; length <= Lengths; length++)
        {
            if (next16 < _limits[length])
                return (length << 8) | _symbols[(next16 >> (Lengths - length)) + _offsets[length]];
        }

        return 0;
    }
}
