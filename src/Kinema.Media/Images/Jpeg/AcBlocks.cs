using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kinema.Media.Images.Jpeg;

/// <summary>Blocks of a progressive scan of one band of coefficients.</summary>
/// <param name="scan">The scan; it has one component.</param>
/// <param name="nonzero">For each block the coefficients that are not 0 so far, as bits; empty if nobody needs them.</param>
/// <remarks>ITU-T T.81, G.1.2.2 and G.1.2.3.</remarks>
internal struct AcBlocks(JpegScan scan, ulong[] nonzero) : IScanBlocks
{
    private readonly HuffmanTable? _table = scan.Components[0].Ac;
    private readonly int _start = scan.SpectralStart;
    private readonly int _end = scan.SpectralEnd;
    private readonly bool _isFirst = scan.HighBit == 0;
    private readonly ulong[] _nonzero = nonzero;

    /// <summary>Blocks to come that have no new coefficient.</summary>
    private int _emptyBlocks;

    public void Restart() => _emptyBlocks = 0;

    public bool TryMcu(ref EntropyReader reader, long mcu)
    {
        var coefficients = _nonzero.Length > 0 ? _nonzero[mcu] : 0;
        var isValid = _isFirst ? TryFirst(ref reader, ref coefficients) : TryRefine(ref reader, ref coefficients);
        if (_nonzero.Length > 0)
            _nonzero[mcu] = coefficients;
        return isValid;
    }

    private bool TryFirst(ref EntropyReader reader, ref ulong coefficients)
    {
        if (_emptyBlocks > 0)
        {
            _emptyBlocks--;
            return true;
        }

        for (var k = _start; k <= _end; k++)
        {
            if (!TryCode(ref reader, out var run, out var size))
                return false;
            if (size == 0 && run < 15)
            {
                _emptyBlocks = EndOfBand(ref reader, run) - 1;
                return true;
            }

            k += run;
            if (size > 0 && k <= _end)
            {
                reader.Drop(size);
                coefficients |= 1UL << k;
            }
        }

        return true;
    }

    private bool TryRefine(ref EntropyReader reader, ref ulong coefficients)
    {
        var next = _start;
        while (_emptyBlocks == 0 && next <= _end)
        {
            if (!TryCode(ref reader, out var run, out var size) || size > 1)
                return false;
            if (size == 0 && run < 15)
            {
                _emptyBlocks = EndOfBand(ref reader, run);
                break;
            }

            var place = AfterZeros(coefficients, next, run);
            reader.Skip(size + BitOperations.PopCount(coefficients & Band(next, place - 1)));
            if (size == 1 && place <= _end)
                coefficients |= 1UL << place;
            next = place + 1;
        }

        if (_emptyBlocks > 0)
        {
            reader.Skip(BitOperations.PopCount(coefficients & Band(next, _end)));
            _emptyBlocks--;
        }

        return true;
    }

    /// <summary>The place behind a number of coefficients that are still 0: itself one of those, or behind the band.</summary>
    private readonly int AfterZeros(ulong coefficients, int from, int zeros)
    {
        var free = ~coefficients & Band(from, _end);
        for (; zeros > 0; zeros--)
            free &= free - 1;
        return free == 0 ? _end + 1 : BitOperations.TrailingZeroCount(free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryCode(ref EntropyReader reader, out int run, out int size)
    {
        reader.Refill();
        var code = _table?.Find(reader.Next16) ?? 0;
        (run, size) = ((code >> 4) & 15, code & 15);
        reader.Drop(code >> 8);
        return code != 0;
    }

    private static int EndOfBand(ref EntropyReader reader, int bits) => (1 << bits) + (bits > 0 ? reader.Read(bits) : 0);

    private static ulong Band(int from, int to) => from > to ? 0 : (ulong.MaxValue >> (63 - to)) & (ulong.MaxValue << from);
}
