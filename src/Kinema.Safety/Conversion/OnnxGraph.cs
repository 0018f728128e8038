using System.Runtime.InteropServices;

namespace Kinema.Safety.Conversion;

/// <summary>An ONNX model under construction: one picture batch in, one row of scores out. Field numbers are those of onnx.proto.</summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>IR version 8 and operator set 13 are read by every ONNX Runtime since 1.10.</summary>
    private const int IrVersion = 8;
    private const int OperatorSet = 13;

    private const int FloatType = 1;
    private const int Int64Type = 7;

    private readonly ProtobufWriter _graph = new();

    public void AddNode(string type, string[] inputs, string output, params Action<ProtobufWriter>[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(3, output).Text(4, type);
        foreach (var write in attributes)
        {
            var attribute = new ProtobufWriter();
            write(attribute);
            node.Message(5, attribute);
        }

        _graph.Message(1, node);
    }

    public string AddWeights(string label, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => AddTensor(label, FloatType, MemoryMarshal.AsBytes(values), shape);

    public string AddIntegers(string label, params ReadOnlySpan<long> values) => AddTensor(label, Int64Type, MemoryMarshal.AsBytes(values), [values.Length]);

    public static Action<ProtobufWriter> Integer(string label, long value) => attribute => attribute.Text(1, label).Number(3, value).Number(20, 2);

    public static Action<ProtobufWriter> Float(string label, float value) => attribute => attribute.Text(1, label).Float(2, value).Number(20, 1);

    public static Action<ProtobufWriter> Integers(string label, params int[] values) => attribute =>
    {
        attribute.Text(1, label);
        foreach (var value in values)
            attribute.Number(8, value);
        attribute.Number(20, 7);
    };

    /// <param name="input">Name and shape without the batch, which may be of any size.</param>
    /// <param name="output">As <paramref name="input"/>.</param>
    public byte[] ToModel((string Name, int[] Shape) input, (string Name, int[] Shape) output)
    {
        _graph.Text(2, name).Message(11, Value(input)).Message(12, Value(output));
        return new ProtobufWriter()
            .Number(1, IrVersion).Text(2, "kinema").Message(7, _graph).Message(8, new ProtobufWriter().Text(1, "").Number(2, OperatorSet)).ToArray();
    }

    private string AddTensor(string label, int type, ReadOnlySpan<byte> values, ReadOnlySpan<int> shape)
    {
        var tensor = new ProtobufWriter();
        foreach (var side in shape)
            tensor.Number(1, side);
        _graph.Message(5, tensor.Number(2, type).Text(8, label).Bytes(9, values));
        return label;
    }

    private static ProtobufWriter Value((string Name, int[] Shape) value)
    {
        var shape = new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, "batch"));
        foreach (var side in value.Shape)
            shape.Message(1, new ProtobufWriter().Number(1, side));
        return new ProtobufWriter().Text(1, value.Name).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Number(1, FloatType).Message(2, shape)));
    }
}
