using System.Text.Json;

namespace Kinema.Wan.Checkpoints;

/// <summary>
/// The header of a safetensors file. The file is untrusted: everything is validated before it determines any size, and an invalid file throws a <see
/// cref="CheckpointException"/> that names the tensor.
/// </summary>
/// <remarks>
/// Format: 8 bytes little-endian length, that many bytes of JSON, the data. The format's own rules are enforced (at most 100 MB of header, no holes and no
/// overlaps, nothing left over). The limits on count, rank and names are ours, far above any model's.
/// </remarks>
internal static class SafetensorsHeader
{
    public const int LengthBytes = 8;
    public const long MaximumLength = 100_000_000;
    private const int MaximumTensors = 100_000;
    private const int MaximumRank = 16;
    private const int MaximumNameLength = 512;
    private const int MaximumDepth = 4;

    /// <summary>Reads the header's length and validates it against the size of the file.</summary>
    public static long ReadLength(ReadOnlySpan<byte> first8Bytes, long fileLength, string file)
    {
        if (fileLength < LengthBytes || first8Bytes.Length < LengthBytes)
            throw Invalid(file, $"it has {fileLength} bytes, too few to be a safetensors file");

        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(first8Bytes);
        if (length is < 2 or > MaximumLength)
            throw Invalid(file, $"it says that its header has {length} bytes; from 2 to {MaximumLength} are allowed (is it a safetensors file at all?)");
        if ((long)length > fileLength - LengthBytes)
            throw Invalid(file, $"it ends within its header ({fileLength} bytes, header of {length}); is the download complete?");

        return (long)length;
    }

    /// <summary>Parses and validates a header.</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="fileLength">The size of the whole file.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static FileHeader Parse(ReadOnlySpan<byte> json, long fileLength, string file)
    {
        var dataStart = LengthBytes + json.Length;
        try
        {
            // System.Text.Json accepts a comment or another value here; the format requires the brace first.
            if (json.IsEmpty || json[0] != (byte)'{')
                throw Invalid(file, "its header does not begin with {");

            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
            var header = ReadHeader(ref reader, dataStart, file);
            CheckThatDataAreCovered(header.Tensors, dataStart, fileLength, file);
            return header;
        }
        catch (JsonException exception)
        {
            throw Invalid(file, $"its header is not the expected JSON ({exception.Message})", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw Invalid(file, "its header holds text that is not valid UTF-8", exception);
        }
    }

    private static FileHeader ReadHeader(ref Utf8JsonReader reader, long dataStart, string file)
    {
        var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var metadataSeen = false;

        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadName(ref reader, file);
            reader.Read();
            if (name == "__metadata__")
            {
                if (metadataSeen)
                    throw Invalid(file, "its header has __metadata__ twice");
                metadataSeen = true;
                ReadMetadata(ref reader, metadata, file);
                continue;
            }

            if (tensors.Count == MaximumTensors)
                throw Invalid(file, $"it has more than {MaximumTensors} tensors");
            if (!tensors.TryAdd(name, ReadEntry(ref reader, name, dataStart, file)))
                throw Invalid(file, $"it has tensor \"{name}\" twice");
        }

        while (reader.Read())
        {
        }

        return new FileHeader(tensors, metadata);
    }

    private static string ReadName(ref Utf8JsonReader reader, string file)
    {
        if (reader.ValueSpan.Length > MaximumNameLength)
            throw Invalid(file, $"it has a name of {reader.ValueSpan.Length} bytes; at most {MaximumNameLength} are allowed");
        var name = reader.GetString()!;
        if (name.Length == 0 || name.Any(char.IsControl))
            throw Invalid(file, "it has a tensor whose name is empty or has control characters");
        return name;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata, string file)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Invalid(file, "its __metadata__ is not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Invalid(file, "its __metadata__ holds something that is not text");
            if (!metadata.TryAdd(key, reader.GetString()!) || metadata.Count > MaximumTensors)
                throw Invalid(file, "its __metadata__ has a key twice, or too many");
        }
    }

    private static TensorEntry ReadEntry(ref Utf8JsonReader reader, string name, long dataStart, string file)
    {
        StoredType? type = null;
        List<long>? shape = null, offsets = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Invalid(file, name, "is not described by an object");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"u8) && type is null)
                type = ReadType(ref reader, name, file);
            else if (reader.ValueTextEquals("shape"u8) && shape is null)
                shape = ReadNumbers(ref reader, MaximumRank, "shape", name, file);
            else if (reader.ValueTextEquals("data_offsets"u8) && offsets is null)
                offsets = ReadNumbers(ref reader, 2, "data_offsets", name, file);
            else
                throw Invalid(file, name, "is described by more than dtype, shape and data_offsets, once each");
        }

        if (type is not { } known || shape is null || offsets is not [var begin, var end])
            throw Invalid(file, name, "lacks one of dtype, shape and data_offsets (two numbers)");

        var length = LengthOf(shape, known, name, file);
        if (end < begin || end - begin != length)
            throw Invalid(file, name, $"has shape [{string.Join(", ", shape)}] of {known}, which is {length} bytes, but data_offsets {begin} to {end}");
        if (end > long.MaxValue - dataStart)
            throw Invalid(file, name, $"has data_offsets {begin} to {end}, which no file can hold");

        return new TensorEntry(name, known, [.. shape], dataStart + begin, length);
    }

    private static StoredType ReadType(ref Utf8JsonReader reader, string name, string file)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaximumNameLength ? reader.GetString()! : "(not a text)";
        return StoredTypes.Parse(text) ?? throw Invalid(
            file, name, $"has type \"{text}\"; this library reads BOOL, U8, I8, I16, I32, I64, F8_E4M3, F8_E5M2, F16, BF16, F32, F64");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, int most, string what, string name, string file)
    {
        var numbers = new List<long>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Invalid(file, name, $"has a {what} that is not an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (numbers.Count == most)
                throw Invalid(file, name, $"has a {what} of more than {most} numbers");
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
                throw Invalid(file, name, $"has a {what} with something else than whole numbers from 0 up");
            numbers.Add(number);
        }

        return numbers;
    }

    private static long LengthOf(List<long> shape, StoredType type, string name, string file)
    {
        try
        {
            return shape.Aggregate((long)type.Size(), (product, size) => checked(product * size));
        }
        catch (OverflowException exception)
        {
            throw Invalid(file, name, $"has shape [{string.Join(", ", shape)}], more than any file can hold", exception);
        }
    }

    private static void CheckThatDataAreCovered(IReadOnlyDictionary<string, TensorEntry> tensors, long dataStart, long fileLength, string file)
    {
        var position = dataStart;
        foreach (var entry in tensors.Values.OrderBy(e => e.Offset).ThenBy(e => e.Length))
        {
            if (entry.Offset != position)
                throw Invalid(file, entry.Name, entry.Offset < position ? "overlaps the one before it" : $"leaves {entry.Offset - position} bytes unused before it");
            position += entry.Length;
            if (position > fileLength)
                throw Invalid(file, entry.Name, $"ends at byte {position}, but the file has {fileLength}; is the download complete?");
        }

        if (position != fileLength)
            throw Invalid(file, $"it has {fileLength - position} bytes that belong to no tensor");
    }

    private static CheckpointException Invalid(string file, string what, Exception? cause = null) =>
        new($"{file} cannot be read: {what}.", cause!);

    private static CheckpointException Invalid(string file, string tensor, string what, Exception? cause = null) =>
        new($"{file} cannot be read: tensor \"{tensor}\" {what}.", cause!);
}
