using System.Buffers;
using Kinema.Wan.Checkpoints.Gguf;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>A safetensors or GGUF file. Opening it validates the header; the data is memory-mapped on first use.</summary>
/// <remarks>
/// The map is private and demand-paged: opening a file of 30 GB costs only its header. Returned tensors view the map and keep it alive, even after this
/// object is disposed. Do not modify or truncate a file while it is mapped; the process will crash.
/// </remarks>
internal sealed class WeightsFile : IDisposable
{
    private readonly Dictionary<torch.ScalarType, torch.Tensor> _maps = [];
    private readonly long _length;

    private WeightsFile(string path, long length, FileHeader header)
    {
        Path = path;
        _length = length;
        Header = header;
    }

    public string Path { get; }

    public FileHeader Header { get; }

    public IReadOnlyDictionary<string, TensorEntry> Tensors => Header.Tensors;

    /// <exception cref="CheckpointException">The file is missing, damaged or neither of the two.</exception>
    public static WeightsFile Open(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return new WeightsFile(path, stream.Length, ReadHeader(stream, path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads and validates the header at the start of a stream.</summary>
    public static FileHeader ReadHeader(Stream stream, string name)
    {
        Span<byte> first = stackalloc byte[SafetensorsHeader.LengthBytes];
        stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (GgufHeader.IsGguf(first))
            return GgufHeader.Read(stream, name);

        var length = (int)SafetensorsHeader.ReadLength(first, stream.Length, name);

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            stream.ReadExactly(buffer, 0, length);
            return SafetensorsHeader.Parse(buffer.AsSpan(0, length), stream.Length, name);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Returns a CPU tensor that views the map; of blocks their bytes, row by row. It must not be written. The caller disposes it.</summary>
    public torch.Tensor View(TensorEntry entry)
    {
        LibTorch.Load();
        var type = entry.Type.ToTorch();
        var count = entry.Count;
        if (count == 0)
            return torch.empty(entry.Shape, type);
        if (!IsAligned(entry))
            return Unaligned(entry, type);

        if (entry.Type.IsBlock())
        {
            using var bytes = Map(type, 1).narrow(0, entry.Offset, entry.Length);
            return entry.Shape.Length == 1 ? bytes.view(-1) : bytes.view(entry.Shape[0], -1);
        }

        using var flat = Map(type, entry.Type.Size()).narrow(0, entry.Offset / entry.Type.Size(), count);
        return flat.view(entry.Shape);
    }

    /// <summary>Returns a copy of a small tensor's bytes, read from the file without mapping it.</summary>
    /// <exception cref="CheckpointException">The file was truncated after its header was read.</exception>
    public byte[] ReadBytes(TensorEntry entry)
    {
        var bytes = new byte[entry.Length];
        using var handle = File.OpenHandle(Path);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(handle, bytes.AsSpan(done), entry.Offset + done);
            done += read > 0 ? read : throw new CheckpointException($"{Path} ends within tensor \"{entry.Name}\".");
        }

        return bytes;
    }

    /// <summary>Returns the address of a tensor's bytes, valid while this is open. It may not be aligned for the tensor's type.</summary>
    public nint AddressOf(TensorEntry entry)
    {
        LibTorch.Load();
        return TensorMemory.AddressOf(Map(torch.ScalarType.Byte, 1)) + (nint)entry.Offset;
    }

    /// <summary>Whether the tensor is aligned for its type, so that <see cref="View"/> need not copy it.</summary>
    public static bool IsAligned(TensorEntry entry) => entry.Type.IsBlock() || entry.Offset % entry.Type.Size() == 0;

    // Few writers leave tensors unaligned; those are copied.
    private torch.Tensor Unaligned(TensorEntry entry, torch.ScalarType type)
    {
        var tensor = torch.empty(entry.Shape, type);
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        stream.Position = entry.Offset;
        tensor.ReadBytesFromStream(stream);
        return tensor;
    }

    private torch.Tensor Map(torch.ScalarType type, int size)
    {
        if (_maps.TryGetValue(type, out var map))
            return map;

        try
        {
            using var scope = torch.NewDisposeScope();
            map = torch.from_file(Path, shared: false, size: _length / size, dtype: type).DetachFromDisposeScope();
        }
        catch (Exception exception) when (exception is System.Runtime.InteropServices.ExternalException)
        {
            throw new CheckpointException($"{Path} cannot be mapped into memory: {exception.Message.Split('\n')[0]}", exception);
        }

        return _maps[type] = map;
    }

    public void Dispose()
    {
        foreach (var map in _maps.Values)
            map.Dispose();
        _maps.Clear();
    }
}
