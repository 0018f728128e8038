using System.Text;
using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints.Gguf;

/// <summary>Writes GGUF files for tests, version 3, from the published layout.</summary>
internal sealed class GgufWriter(uint alignment = 32)
{
    private readonly List<(string Name, uint Type, long[] Shape, byte[] Data)> _tensors = [];
    private readonly List<byte[]> _metadata = [];

    public GgufWriter Text(string key, string value) => Add(key, 8, String(value));

    public GgufWriter Number(string key, uint value) => Add(key, 4, BitConverter.GetBytes(value));

    public GgufWriter Numbers(string key, params int[] values) =>
        Add(key, 9, [.. BitConverter.GetBytes(5u), .. BitConverter.GetBytes((ulong)values.Length), .. values.SelectMany(BitConverter.GetBytes)]);

    public GgufWriter Texts(string key, params string[] values) =>
        Add(key, 9, [.. BitConverter.GetBytes(8u), .. BitConverter.GetBytes((ulong)values.Length), .. values.SelectMany(String)]);

    /// <summary>Adds a tensor, whose last axis is the innermost.</summary>
    public GgufWriter Tensor(string name, uint type, long[] shape, byte[] data)
    {
        _tensors.Add((name, type, shape, data));
        return this;
    }

    /// <summary>Adds a tensor in float32 or float16; with more than 4 axes folded, as ComfyUI-GGUF's converter does.</summary>
    public GgufWriter Tensor(string name, torch.Tensor tensor, bool half = false)
    {
        using var scope = torch.NewDisposeScope();
        var plain = tensor.to_type(half ? torch.float16 : torch.float32).contiguous();
        var shape = plain.shape.Length == 0 ? [1] : plain.shape;
        if (shape.Length > 4)
        {
            Numbers($"comfy.gguf.orig_shape.{name}", [.. shape.Select(side => (int)side)]);
            shape = [shape[0], plain.numel() / shape[0]];
        }

        return Tensor(name, half ? 1u : 0u, shape, plain.bytes.ToArray());
    }

    /// <summary>Adds a tensor in blocks; returns the numbers that they stand for.</summary>
    public torch.Tensor Tensor(string name, torch.Tensor tensor, StoredType type)
    {
        using var float32 = tensor.to_type(torch.float32).contiguous();
        var (bytes, expected) = BlockEncoder.Encode(type, float32.data<float>().ToArray());
        Tensor(name, NumberOf(type), tensor.shape, bytes);
        return torch.tensor(expected).reshape(tensor.shape);
    }

    public byte[] Bytes(bool alignEnd = true)
    {
        if (alignment != 32)
            Number("general.alignment", alignment);
        List<byte> file = [.. "GGUF"u8, .. BitConverter.GetBytes(3u), .. BitConverter.GetBytes((ulong)_tensors.Count), .. BitConverter.GetBytes((ulong)_metadata.Count)];
        _metadata.ForEach(file.AddRange);
        var data = new List<byte>();
        foreach (var (name, type, shape, bytes) in _tensors)
        {
            Align(data);
            file.AddRange([.. String(name), .. BitConverter.GetBytes((uint)shape.Length), .. shape.Reverse().SelectMany(side => BitConverter.GetBytes((ulong)side))]);
            file.AddRange([.. BitConverter.GetBytes(type), .. BitConverter.GetBytes((ulong)data.Count)]);
            data.AddRange(bytes);
        }

        if (alignEnd)
            Align(data);
        Align(file);
        return [.. file, .. data];
    }

    public string Save(string path)
    {
        File.WriteAllBytes(path, Bytes());
        return path;
    }

    public static uint NumberOf(StoredType type) => type switch
    {
        StoredType.F32 => 0,
        StoredType.F16 => 1,
        StoredType.Q4_0 => 2,
        StoredType.Q4_1 => 3,
        StoredType.Q5_0 => 6,
        StoredType.Q5_1 => 7,
        StoredType.Q8_0 => 8,
        StoredType.Q2_K => 10,
        StoredType.Q3_K => 11,
        StoredType.Q4_K => 12,
        StoredType.Q5_K => 13,
        StoredType.Q6_K => 14,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private GgufWriter Add(string key, uint type, byte[] value)
    {
        _metadata.Add([.. String(key), .. BitConverter.GetBytes(type), .. value]);
        return this;
    }

    private void Align(List<byte> bytes)
    {
        while (bytes.Count % alignment != 0)
            bytes.Add(0);
    }

    private static byte[] String(string text) => [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];
}
