using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Kinema.Safety.Conversion;

/// <summary>The weights of a tfjs model by name, as float32. Quantised ones are <c>min + scale · value</c>, computed as tfjs does, in double precision.</summary>
internal sealed class KerasWeights
{
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _weights = [];

    /// <param name="manifest"><c>weightsManifest</c> of the model.</param>
    /// <param name="readShard">Bytes of a path of the manifest.</param>
    /// <exception cref="ConversionException">A weight lies beyond its shards, or has a type that is not known.</exception>
    public KerasWeights(JsonArray manifest, Func<string, byte[]> readShard)
    {
        foreach (var group in manifest)
        {
            var bytes = group!["paths"]!.AsArray().SelectMany(path => readShard((string)path!)).ToArray();
            var offset = 0;
            foreach (var weight in group["weights"]!.AsArray())
                Read(weight!, bytes, ref offset);
            if (offset != bytes.Length)
                throw new ConversionException($"the shards have {bytes.Length} bytes and their weights {offset}");
        }
    }

    public (int[] Shape, float[] Values) Get(string name) => _weights.TryGetValue(name, out var weight) ? weight : throw new ConversionException($"the weight '{name}' is missing");

    private void Read(JsonNode weight, byte[] bytes, ref int offset)
    {
        var name = (string)weight["name"]!;
        var shape = weight["shape"]!.AsArray().Select(side => (int)(double)side!).ToArray();
        var count = shape.Aggregate(1, (product, side) => checked(product * side));
        var quantization = weight["quantization"];
        var type = (string)(quantization?["dtype"] ?? weight["dtype"])!;
        var size = checked(count * (type switch
        {
            "float32" => 4,
            "uint8" => 1,
            "uint16" => 2,
            _ => throw new ConversionException($"the weight '{name}' has the type {type}; float32, uint8 and uint16 are known"),
        }));
        if (size > bytes.Length - offset)
            throw new ConversionException($"the weight '{name}' lies beyond its shards");

        var stored = bytes.AsSpan(offset, size);
        offset += size;
        _weights[name] = (shape, quantization is null ? MemoryMarshal.Cast<byte, float>(stored).ToArray() : Dequantize(stored, type, quantization));
    }

    private static float[] Dequantize(ReadOnlySpan<byte> stored, string type, JsonNode quantization)
    {
        var (min, scale) = ((double)quantization["min"]!, (double)quantization["scale"]!);
        if (type == "uint8")
            return Array.ConvertAll(stored.ToArray(), value => (float)((value * scale) + min));
        return type == "uint16"
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(stored).ToArray(), value => (float)((value * scale) + min))
            : throw new ConversionException($"weights are quantised to {type}; uint8 and uint16 are known");
    }
}
