using System.Buffers.Binary;
using System.Text;

namespace Kinema.Wan.Text.Tokens;

/// <summary>Reads the fields of one protobuf message (protobuf.dev/programming-guides/encoding). Rejects groups, which are deprecated.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;
    private int _wire;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    public readonly long Number => _wire == 0 ? (long)_number : throw Wrong("a number");

    public readonly bool Flag => Number != 0;

    public readonly float Float => _wire == 5 ? BinaryPrimitives.ReadSingleLittleEndian(_bytes) : throw Wrong("a float");

    public readonly ReadOnlySpan<byte> Bytes => _wire == 2 ? _bytes : throw Wrong("bytes");

    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Advances to the next field; returns false at the end.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty)
            return false;

        var key = Varint();
        (Field, _wire) = ((int)(key >> 3), (int)(key & 7));
        switch (_wire)
        {
            case 0: _number = Varint(); break;
            case 1: _bytes = Take(8); break;
            case 2: _bytes = Take(Varint()); break;
            case 5: _bytes = Take(4); break;
            default: throw new InvalidDataException($"field {Field} has wire type {_wire}, which is not allowed");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
            throw new InvalidDataException($"field {Field} is cut off");

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number has more than ten bytes");
    }

    private readonly InvalidDataException Wrong(string expected) => new($"field {Field} must be {expected}; its wire type is {_wire}");
}
