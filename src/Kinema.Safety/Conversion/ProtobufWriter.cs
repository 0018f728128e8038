using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Kinema.Safety.Conversion;

/// <summary>Writes the few protobuf forms that ONNX files need (protobuf encoding: tag, then varint, 32 bits or length and bytes).</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ProtobufWriter Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtobufWriter Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        _bytes.Write(MemoryMarshal.AsBytes([value]));
        return this;
    }

    public ProtobufWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message._bytes.WrittenSpan);

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> content)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)content.Length);
        _bytes.Write(content);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value > 127; value >>= 7)
            _bytes.Write([(byte)((value & 127) | 128)]);
        _bytes.Write([(byte)value]);
    }
}
