using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Kinema.Media.Images.Jpeg;

/// <summary>Reads the bits of one scan without stuffed bytes. Behind the data, and before a restart marker, zeros follow; <see cref="IsSpent"/> tells.</summary>
/// <remarks>ITU-T T.81, F.1.2.3 and F.2.2.5.</remarks>
internal ref struct EntropyReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;
    private ulong _bits;
    private int _count;
    private int _added;

    /// <summary>Whether more bits were taken than the data hold.</summary>
    public readonly bool IsSpent => _count < _added;

    /// <summary>The next sixteen bits; call <see cref="Refill"/> first.</summary>
    public readonly int Next16 => (int)(_bits >> 48);

    /// <summary>Makes at least 32 bits available: enough for the longest code and its value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (_count < 32)
            Load();
    }

    /// <summary>Takes up to 32 bits that are available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drop(int bits)
    {
        _bits <<= bits;
        _count -= bits;
    }

    /// <summary>Takes up to 15 bits as a number.</summary>
    public int Read(int bits)
    {
        Refill();
        var value = (int)(_bits >> 32 >> (32 - bits));
        Drop(bits);
        return value;
    }

    /// <summary>Goes over up to 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bits)
    {
        Refill();
        if (bits > 32)
        {
            Drop(32);
            Refill();
            bits -= 32;
        }

        Drop(bits);
    }

    /// <summary>Goes behind the next restart marker; false if there is none.</summary>
    public bool Restart()
    {
        while (_position < _data.Length - 1)
        {
            var marker = _data[_position..].IndexOf((byte)0xFF);
            if (marker < 0)
                break;
            _position += marker + 1;
            if (_position < _data.Length && _data[_position] is >= 0xD0 and <= 0xD7)
            {
                (_position, _bits, _count, _added) = (_position + 1, 0, 0, 0);
                return true;
            }
        }

        return false;
    }

    private void Load()
    {
        if (_data.Length - _position >= 8)
        {
            var next = BinaryPrimitives.ReadUInt64BigEndian(_data[_position..]);
            if (!HasFF(next))
            {
                var bytes = (64 - _count) / 8;
                _bits |= (next >> _count) & (ulong.MaxValue << (64 - _count - (bytes * 8)));
                _count += bytes * 8;
                _position += bytes;
                return;
            }
        }

        for (; _count <= 56; _count += 8)
            _bits |= (ulong)NextByte() << (56 - _count);
    }

    private byte NextByte()
    {
        if (_position < _data.Length)
        {
            var value = _data[_position];
            if (value != 0xFF)
            {
                _position++;
                return value;
            }

            if (_position + 1 < _data.Length && _data[_position + 1] == 0)
            {
                _position += 2;
                return value;
            }
        }

        _added += 8;
        return 0;
    }

    private static bool HasFF(ulong bytes) => ((~bytes - 0x0101010101010101) & bytes & 0x8080808080808080) != 0;
}
