using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Writes safetensors files for tests.</summary>
internal sealed class SafetensorsWriter
{
    private readonly JsonObject _header = new() { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
    private readonly List<byte> _data = [];

    public void Metadata(string key, string value) => _header["__metadata__"]![key] = value;

    public void Add(string name, torch.Tensor tensor)
    {
        using var plain = tensor.contiguous();
        var bytes = plain.numel() == 0 ? [] : plain.bytes.ToArray();
        _header[name] = new JsonObject
        {
            ["dtype"] = (int)plain.dtype switch
            {
                0 => "U8",
                4 => "I64",
                5 => "F16",
                6 => "F32",
                7 => "F64",
                1 => "I8",
                15 => "BF16",
                23 => "F8_E5M2",
                24 => "F8_E4M3",
                var other => throw new ArgumentException($"type {other}"),
            },
            ["shape"] = new JsonArray([.. plain.shape.Select(size => JsonValue.Create(size))]),
            ["data_offsets"] = new JsonArray(_data.Count, _data.Count + bytes.Length),
        };
        _data.AddRange(bytes);
    }

    public string Save(string path)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(_header.ToJsonString());
        Array.Resize(ref json, (json.Length + 7) / 8 * 8);
        json.AsSpan().Replace((byte)0, (byte)' ');
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. _data]);
        return path;
    }
}
