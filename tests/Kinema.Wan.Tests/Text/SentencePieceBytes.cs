using System.Buffers.Binary;
using System.Text;

namespace Kinema.Wan.Tests.Text;

/// <summary>A <c>spiece.model</c> of a few letters: the protobuf fields that SentencePiece's ModelProto gives them.</summary>
internal static class SentencePieceBytes
{
    private const int Normal = 1, Unknown = 2, Control = 3;

    public static byte[] Letters()
    {
        var pieces = new (string Text, int Kind)[] { ("<pad>", Control), ("</s>", Control), ("<unk>", Unknown), ("\u2581", Normal) }
            .Concat("abcdefghijklmnopqrstuvwxyz".Select(letter => (Text: letter.ToString(), Kind: Normal)));
        byte[] trainer = [.. Number(3, 1), .. Number(40, 2), .. Number(42, 1)];
        return [.. pieces.SelectMany(piece => Bytes(1, Piece(piece.Text, piece.Kind))), .. Bytes(2, trainer)];
    }

    private static byte[] Piece(string text, int kind)
    {
        var score = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(score, -1);
        return [.. Bytes(1, Encoding.UTF8.GetBytes(text)), (2 << 3) | 5, .. score, .. Number(3, kind)];
    }

    private static byte[] Bytes(int field, byte[] value) => [.. Varint((field << 3) | 2), .. Varint(value.Length), .. value];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)((value & 127) | 128);
        yield return (byte)value;
    }
}
