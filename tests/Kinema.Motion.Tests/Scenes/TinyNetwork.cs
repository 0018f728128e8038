using System.Text;

namespace Kinema.Motion.Tests.Scenes;

/// <summary>Writes the smallest useful ONNX file by hand: depth is the mean of the three channels, so that bright is near.</summary>
internal static class TinyNetwork
{
    public static byte[] Bytes()
    {
        // onnx.proto: field numbers of ModelProto, GraphProto, NodeProto, AttributeProto, ValueInfoProto.
        byte[] node =
        [
            .. Text(1, "image"), .. Text(2, "depth"), .. Text(4, "ReduceMean"),
            .. Part(5, [.. Text(1, "axes"), .. Number(8, 1), .. Number(20, 7)]),
            .. Part(5, [.. Text(1, "keepdims"), .. Number(3, 0), .. Number(20, 2)]),
        ];
        byte[] graph =
        [
            .. Part(1, node), .. Text(2, "tiny"),
            .. Part(11, Value("image", [Fixed(1), Fixed(3), Free("h"), Free("w")])), .. Part(12, Value("depth", [Fixed(1), Free("h"), Free("w")])),
        ];
        return [.. Number(1, 8), .. Part(7, graph), .. Part(8, [.. Text(1, ""), .. Number(2, 13)])];
    }

    private static byte[] Value(string name, byte[][] sides)
    {
        byte[] shape = [.. sides.SelectMany(side => Part(1, side))];
        return [.. Text(1, name), .. Part(2, Part(1, [.. Number(1, 1), .. Part(2, shape)]))];
    }

    private static byte[] Fixed(int length) => Number(1, length);

    private static byte[] Free(string name) => Text(2, name);

    private static byte[] Text(int field, string text) => Part(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Part(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static List<byte> Varint(int value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7)
            bytes.Add((byte)((value & 127) | 128));
        bytes.Add((byte)value);
        return bytes;
    }
}
