namespace Kinema.Wan.Checkpoints.Gguf;

/// <summary>
/// The header of a GGUF file, as untrusted as any: an invalid file throws a <see cref="CheckpointException"/> that names the tensor.
/// </summary>
/// <remarks>
/// Format: docs/gguf.md of ggml, versions 2 and 3, little-endian. The rules are those that ggml itself enforces: at most 4 dimensions, names below 64 bytes, rows
/// of whole blocks, tensors one behind another with nothing but the alignment between. Sizes are stored from the innermost axis to the outermost.
/// </remarks>
internal static class GgufHeader
{
    private const uint Magic = 0x46554747;
    private const int MaximumTensors = 100_000, MaximumRank = 4, MaximumNameBytes = 63;

    // A name's length, a rank, one side, a type and an offset; a key's length and a type.
    private const int LeastTensorBytes = 8 + 4 + 8 + 4 + 8, LeastMetadataBytes = 8 + 4 + 1;

    /// <summary>Whether a file starts as a GGUF file does.</summary>
    public static bool IsGguf(ReadOnlySpan<byte> first) =>
        first.Length >= sizeof(uint) && System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(first) == Magic;

    /// <summary>Reads and validates the header at the start of a stream.</summary>
    public static FileHeader Read(Stream stream, string file)
    {
        stream.Position = sizeof(uint);
        // A text encoder's vocabulary has some hundred thousand fields.
        var reader = new GgufReader(new BufferedStream(stream), file);
        var version = reader.UInt32();
        if (version is not (2 or 3))
            throw reader.Invalid($"it has version {version} of GGUF; versions 2 and 3, little-endian, are supported");

        var count = reader.Count(LeastTensorBytes, "its list of tensors");
        if (count > MaximumTensors)
            throw reader.Invalid($"it has {count} tensors; at most {MaximumTensors} are allowed");
        var metadata = GgufMetadata.Read(reader, reader.Count(LeastMetadataBytes, "its metadata"));
        var tensors = new List<TensorEntry>();
        for (var i = 0L; i < count; i++)
            tensors.Add(ReadEntry(reader));
        return Place(reader, metadata, tensors);
    }

    /// <summary>Returns an entry whose offset counts from the start of the data, which follows the list.</summary>
    private static TensorEntry ReadEntry(GgufReader reader)
    {
        var name = reader.Text("the name of a tensor");
        if (name.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(name) > MaximumNameBytes || name.Any(char.IsControl))
            throw reader.Invalid($"it has a tensor whose name is empty, has control characters or more than {MaximumNameBytes} bytes");

        var rank = reader.UInt32();
        if (rank is 0 or > MaximumRank)
            throw Invalid(reader, name, $"has {rank} dimensions; from 1 to {MaximumRank} are allowed");
        var shape = new long[rank];
        var numbers = 1L;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            var size = reader.UInt64();
            if (size is 0 or > long.MaxValue || (UInt128)size * (ulong)numbers > long.MaxValue / 8)
                throw Invalid(reader, name, $"has a side of {size}, which no file can hold");
            shape[axis] = (long)size;
            numbers *= shape[axis];
        }

        var number = reader.UInt32();
        if (GgufTypes.Of(number) is not { } type)
            throw Invalid(reader, name, $"has the type of number {number} in ggml; this library reads {GgufTypes.Supported}");
        if (shape[^1] % type.BlockLength() != 0)
            throw Invalid(reader, name, $"has rows of {shape[^1]} numbers, which are no whole blocks of {type.BlockLength()} ({type})");

        var offset = reader.UInt64();
        return offset <= long.MaxValue / 2
            ? new(name, type, shape, (long)offset, numbers / type.BlockLength() * type.BlockBytes())
            : throw Invalid(reader, name, $"has offset {offset}, which no file can hold");
    }

    private static FileHeader Place(GgufReader reader, GgufMetadata metadata, List<TensorEntry> tensors)
    {
        var start = Aligned(reader.Position, metadata.Alignment);
        var (position, end) = (0L, 0L);
        var placed = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (var entry in tensors)
        {
            if (entry.Offset != position)
                throw Invalid(reader, entry.Name, $"is at byte {entry.Offset} of the data, not at {position}, where the one before it ends");
            end = start + position + entry.Length;
            if (end > reader.FileLength)
                throw Invalid(reader, entry.Name, $"ends at byte {end}, but the file has {reader.FileLength}; is the download complete?");
            if (!placed.TryAdd(entry.Name, entry with { Offset = start + position, Shape = ShapeOf(reader, metadata, entry) }))
                throw reader.Invalid($"it has tensor \"{entry.Name}\" twice");
            position = Aligned(position + entry.Length, metadata.Alignment);
        }

        if (metadata.OriginalShapes.Keys.FirstOrDefault(name => !placed.ContainsKey(name)) is { } missing)
            throw reader.Invalid($"its metadata has the shape of \"{missing}\", which it lacks");
        // Writers align the end of the last tensor too, or do not.
        return tensors.Count == 0 || reader.FileLength == end || reader.FileLength == start + position
            ? new(placed, metadata.Texts)
            : throw reader.Invalid($"it has {reader.FileLength - end} bytes that belong to no tensor");
    }

    private static long[] ShapeOf(GgufReader reader, GgufMetadata metadata, TensorEntry entry)
    {
        if (!metadata.OriginalShapes.TryGetValue(entry.Name, out var shape))
            return entry.Shape;

        var numbers = shape.Aggregate((UInt128)1, (product, size) => product > long.MaxValue ? product : product * (ulong)size);
        return numbers == (UInt128)entry.Count && (entry.Type.BlockLength() == 1 || (entry.Count / shape[0] % entry.Type.BlockLength()) == 0)
            ? shape
            : throw Invalid(reader, entry.Name, $"of shape [{string.Join(", ", entry.Shape)}] cannot have the shape [{string.Join(", ", shape)}] of its metadata");
    }

    private static long Aligned(long position, long alignment) => (position + alignment - 1) / alignment * alignment;

    private static CheckpointException Invalid(GgufReader reader, string tensor, string what) => reader.Invalid($"tensor \"{tensor}\" {what}");
}
