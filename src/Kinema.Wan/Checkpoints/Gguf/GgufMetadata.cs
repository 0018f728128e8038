using System.Globalization;

namespace Kinema.Wan.Checkpoints.Gguf;

/// <summary>The metadata of a GGUF file that matter here: texts, the alignment, and the shapes of folded tensors.</summary>
internal sealed class GgufMetadata
{
    private const string ShapePrefix = "comfy.gguf.orig_shape.";
    private const int MaximumKeyLength = 65_535, MaximumRank = 16;
    private const uint MaximumAlignment = 1 << 20;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long[]> _shapes = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Every tensor starts at a multiple of this, from the start of the data.</summary>
    public long Alignment { get; private set; } = 32;

    /// <summary>The original shapes of tensors with more than 4 dimensions, which ggml does not know: ComfyUI-GGUF folds them and keeps their shape here.</summary>
    public IReadOnlyDictionary<string, long[]> OriginalShapes => _shapes;

    public static GgufMetadata Read(GgufReader reader, long count)
    {
        var metadata = new GgufMetadata();
        for (var i = 0L; i < count; i++)
            metadata.ReadOne(reader);
        return metadata;
    }

    private void ReadOne(GgufReader reader)
    {
        var key = reader.Text("a key of its metadata");
        if (key.Length is 0 or > MaximumKeyLength || !_keys.Add(key))
            throw reader.Invalid(key.Length is 0 or > MaximumKeyLength ? "its metadata has a key that is empty or too long" : $"its metadata has \"{key}\" twice");

        var type = reader.UInt32();
        if (type == GgufTypes.Text)
            _texts[key] = reader.Text($"\"{key}\"");
        else if (type == GgufTypes.Array)
            ReadArray(reader, key);
        else if (key == "general.alignment")
            Alignment = ReadAlignment(reader, type);
        else
            Skip(reader, key, type, 1);
    }

    private static long ReadAlignment(GgufReader reader, uint type)
    {
        var alignment = type == GgufTypes.UInt32 ? reader.UInt32() : 0;
        return alignment is >= 8 and <= MaximumAlignment && uint.IsPow2(alignment)
            ? alignment
            : throw reader.Invalid(FormattableString.Invariant($"its alignment must be a power of two from 8 to {MaximumAlignment}"));
    }

    private void ReadArray(GgufReader reader, string key)
    {
        var type = reader.UInt32();
        var isShape = key.StartsWith(ShapePrefix, StringComparison.Ordinal);
        var bytes = GgufTypes.MetadataBytes(type);
        var count = reader.Count(type == GgufTypes.Text ? sizeof(ulong) : Math.Max(1, bytes), $"\"{key}\"");
        if (!isShape)
        {
            Skip(reader, key, type, count);
            return;
        }

        if (type is not (GgufTypes.Int32 or GgufTypes.UInt32) || count is 0 or > MaximumRank)
            throw reader.Invalid($"\"{key}\" must be a list of 1 to {MaximumRank} whole numbers of 32 bits");
        var shape = new long[count];
        for (var i = 0; i < count; i++)
        {
            var size = reader.UInt32();
            shape[i] = size is > 0 and <= int.MaxValue ? size : throw reader.Invalid(string.Create(CultureInfo.InvariantCulture, $"\"{key}\" has a side of {(int)size}"));
        }

        _shapes[key[ShapePrefix.Length..]] = shape;
    }

    private static void Skip(GgufReader reader, string key, uint type, long count)
    {
        if (type == GgufTypes.Text)
        {
            for (var i = 0L; i < count; i++)
                reader.Skip(reader.Count(1, $"a text of \"{key}\""), $"\"{key}\"");
        }
        else
        {
            var bytes = GgufTypes.MetadataBytes(type);
            if (bytes == 0)
                throw reader.Invalid($"\"{key}\" has the unknown type {type}");
            reader.Skip(count * bytes, $"\"{key}\"");
        }
    }
}
