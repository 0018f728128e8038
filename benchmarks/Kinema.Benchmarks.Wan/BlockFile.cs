using System.Buffers.Binary;
using System.Text;
using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Writes files of transformer blocks of real width with random matrices in a stored type; every matrix repeats the same numbers.</summary>
internal static class BlockFile
{
    private const long PoolNumbers = 5120 * 512, Alignment = 32;
    private const float Spread = 0.02f;

    /// <summary>Writes <c>type.safetensors</c>, or <c>type.gguf</c> for block types, and returns its path.</summary>
    public static string Write(string folder, StoredType type, BlockShape shape, int blocks)
    {
        var tensors = Enumerable.Range(0, blocks).SelectMany(block => Tensors(shape, block)).ToList();
        var (isGguf, pool, zeros) = (type.IsBlock(), Pool(type), new byte[6 * 5120 * sizeof(float)]);
        var path = Path.Combine(folder, $"{type}{(isGguf ? ".gguf" : ".safetensors")}");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
        file.Write(isGguf ? Gguf(tensors, type) : Safetensors(tensors, type));
        foreach (var (_, sides) in tensors)
        {
            for (var left = Bytes(sides, type); left > 0;)
            {
                var part = sides.Length == 2 ? pool : zeros;
                var count = (int)Math.Min(left, part.Length);
                file.Write(part, 0, count);
                left -= count;
            }
        }

        return path;
    }

    private static IEnumerable<(string Name, long[] Sides)> Tensors(BlockShape shape, int block)
    {
        var at = $"blocks.{block}.";
        long dim = shape.Dim, wide = shape.FeedForward;
        foreach (var attention in new[] { "attn1", "attn2" })
        {
            foreach (var layer in new[] { "to_q", "to_k", "to_v", "to_out.0" })
            {
                yield return ($"{at}{attention}.{layer}.weight", [dim, dim]);
                yield return ($"{at}{attention}.{layer}.bias", [dim]);
            }

            yield return ($"{at}{attention}.norm_q.weight", [dim]);
            yield return ($"{at}{attention}.norm_k.weight", [dim]);
        }

        yield return ($"{at}ffn.net.0.proj.weight", [wide, dim]);
        yield return ($"{at}ffn.net.0.proj.bias", [wide]);
        yield return ($"{at}ffn.net.2.weight", [dim, wide]);
        yield return ($"{at}ffn.net.2.bias", [dim]);
        yield return ($"{at}norm2.weight", [dim]);
        yield return ($"{at}norm2.bias", [dim]);
        yield return ($"{at}scale_shift_table", [1, 6, dim]);
    }

    private static long Bytes(long[] sides, StoredType type)
    {
        var numbers = sides.Aggregate(1L, (product, side) => product * side);
        return sides.Length == 2 ? numbers / type.BlockLength() * type.BlockBytes() : numbers * sizeof(float);
    }

    private static byte[] Pool(StoredType type)
    {
        if (type.IsBlock())
        {
            var blocks = new byte[PoolNumbers / type.BlockLength() * type.BlockBytes()];
            new Random(1).NextBytes(blocks);
            for (var at = 0; at < blocks.Length; at += type.BlockBytes())
            {
                // The scale and the minimum of Q4_K and Q5_K: numbers of about the spread, around 0.
                BinaryPrimitives.WriteHalfLittleEndian(blocks.AsSpan(at), (Half)(Spread / 200));
                BinaryPrimitives.WriteHalfLittleEndian(blocks.AsSpan(at + 2), (Half)(Spread / 27));
            }

            return blocks;
        }

        using var numbers = torch.randn(PoolNumbers);
        using var stored = numbers.mul_(Spread).to_type(type.ToTorch());
        return stored.bytes.ToArray();
    }

    private static byte[] Safetensors(List<(string Name, long[] Sides)> tensors, StoredType type)
    {
        var (json, end) = (new StringBuilder("{"), 0L);
        foreach (var (name, sides) in tensors)
        {
            var (begin, dtype) = (end, sides.Length == 2 ? type switch { StoredType.F8E4M3 => "F8_E4M3", _ => type.ToString() } : "F32");
            end += Bytes(sides, type);
            json.Append(json.Length > 1 ? "," : "").Append($$"""{{'"'}}{{name}}":{"dtype":"{{dtype}}","shape":[{{string.Join(',', sides)}}],"data_offsets":[{{begin}},{{end}}]}""");
        }

        var header = Encoding.UTF8.GetBytes(json.Append('}').ToString().PadRight((json.Length + 7) / 8 * 8));
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header];
    }

    // Every tensor's bytes are a multiple of the alignment.
    private static byte[] Gguf(List<(string Name, long[] Sides)> tensors, StoredType type)
    {
        List<byte> header = [.. "GGUF"u8, .. BitConverter.GetBytes(3u), .. BitConverter.GetBytes((ulong)tensors.Count), .. BitConverter.GetBytes(0UL)];
        var offset = 0L;
        foreach (var (name, sides) in tensors)
        {
            header.AddRange([.. BitConverter.GetBytes((ulong)name.Length), .. Encoding.UTF8.GetBytes(name), .. BitConverter.GetBytes(sides.Length)]);
            header.AddRange([.. sides.Reverse().SelectMany(BitConverter.GetBytes), .. BitConverter.GetBytes(sides.Length == 2 ? Number(type) : 0), .. BitConverter.GetBytes(offset)]);
            offset += Bytes(sides, type);
        }

        while (header.Count % Alignment != 0)
            header.Add(0);
        return [.. header];
    }

    private static int Number(StoredType type) => type switch
    {
        StoredType.Q4_K => 12,
        StoredType.Q5_K => 13,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Q4_K or Q5_K"),
    };
}
