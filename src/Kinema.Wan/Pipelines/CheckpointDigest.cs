using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Pipelines;

/// <summary>
/// Hashes a checkpoint without reading all of it: the configurations, read or inferred; names, types and shapes of all tensors; and the first bytes of each
/// tensor.
/// </summary>
/// <remarks>Checkpoints that differ only after the first 4 KiB of every tensor have the same digest. Training changes all of a tensor.</remarks>
internal static class CheckpointDigest
{
    private const int SampleBytes = 4096;

    public static string Of(Checkpoint checkpoint)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, JsonSerializer.Serialize(new { checkpoint.Transformer, checkpoint.Vae, checkpoint.Text, checkpoint.Clip, checkpoint.ExpandTimesteps, Boundary = checkpoint.BoundaryRatio }));
        foreach (var component in checkpoint.Components)
        {
            Add(hash, component.ToString());
            using var set = checkpoint.Open(component);
            foreach (var file in set.Tensors.Values.GroupBy(stored => stored.File).OrderBy(group => group.Key.Path, StringComparer.Ordinal))
                AddFile(hash, file);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The digest of one file, for example a LoRA.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged or not a safetensors file.</exception>
    public static string OfFile(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var set = TensorSet.Open(path);
        foreach (var file in set.Tensors.Values.GroupBy(stored => stored.File))
            AddFile(hash, file);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AddFile(IncrementalHash hash, IGrouping<WeightsFile, StoredTensor> file)
    {
        using var bytes = File.OpenHandle(file.Key.Path);
        Span<byte> sample = stackalloc byte[SampleBytes];
        foreach (var stored in file.OrderBy(stored => stored.Name, StringComparer.Ordinal))
        {
            Add(hash, $"{stored.Name} {stored.Entry.Type} {string.Join(',', stored.Entry.Shape)}");
            var read = RandomAccess.Read(bytes, sample[..(int)Math.Min(SampleBytes, stored.Entry.Length)], stored.Entry.Offset);
            hash.AppendData(sample[..read]);
        }
    }

    /// <summary>Adds the text's length, then the text, so that different lists of texts give different bytes.</summary>
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
