using System.Text.Json;

namespace Kinema.Wan.Checkpoints;

/// <summary>
/// A model's <c>config.json</c>. An absent (or null) key takes the reader's default, which is the reference's; unknown keys are ignored; a value of another
/// type or out of range throws an error that names file, key, value and what is allowed.
/// </summary>
internal sealed class ModelConfig
{
    private const long MaximumLength = 4 << 20;
    private readonly string _file;
    private readonly JsonElement _root;

    private ModelConfig(string file, JsonElement root)
    {
        _file = file;
        _root = root;
    }

    /// <summary>Reads a file.</summary>
    public static ModelConfig Read(string path)
    {
        using var document = ReadDocument(path, MaximumLength);
        return From(document.RootElement, path);
    }

    /// <summary>Parses a JSON text, for example one inferred from the shapes of a single file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">The name in messages.</param>
    public static ModelConfig Parse(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return From(document.RootElement, name);
    }

    /// <summary>Whether the key exists and is not null.</summary>
    public bool Has(string key) => Find(key) is not null;

    public int Int(string key, int whenAbsent, int minimum = 1, int maximum = 1 << 24) =>
        OptionalInt(key, minimum, maximum) ?? whenAbsent;

    /// <summary>Returns null if the key is absent or null.</summary>
    public int? OptionalInt(string key, int minimum = 1, int maximum = 1 << 24)
    {
        if (Find(key) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Floor(number)
            && number >= minimum && number <= maximum
            ? (int)number
            : throw Wrong(key, value, $"a whole number from {minimum} to {maximum}");
    }

    public double Number(string key, double whenAbsent) => OptionalNumber(key) ?? whenAbsent;

    /// <summary>Returns null if the key is absent or null.</summary>
    public double? OptionalNumber(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(key, value, "a number");
    }

    public bool Flag(string key, bool whenAbsent) => Find(key) is not { } value ? whenAbsent : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, value, "true or false"),
    };

    public string Text(string key, string whenAbsent) => OptionalText(key) ?? whenAbsent;

    /// <summary>Returns null if the key is absent or null.</summary>
    public string? OptionalText(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(key, value, "a text");

    /// <summary>Whether the key has this text; any other value counts as no.</summary>
    public bool Is(string key, string text) => Find(key) is { ValueKind: JsonValueKind.String } value && value.ValueEquals(text);

    public IReadOnlyList<int> Ints(string key, params IReadOnlyList<int> whenAbsent) =>
        List<int>(key, "a list of whole numbers", v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var n) ? n : null) ?? whenAbsent;

    public IReadOnlyList<double> Numbers(string key, params IReadOnlyList<double> whenAbsent) =>
        List<double>(key, "a list of numbers", v => v.ValueKind == JsonValueKind.Number && v.TryGetDouble(out var n) && double.IsFinite(n) ? n : null) ?? whenAbsent;

    public IReadOnlyList<bool> Flags(string key, params IReadOnlyList<bool> whenAbsent) =>
        List<bool>(key, "a list of true and false", v => v.ValueKind is JsonValueKind.True or JsonValueKind.False ? v.GetBoolean() : null) ?? whenAbsent;

    /// <summary>Returns the object under a key, for example <c>crop_size</c>; an empty one if the key is absent or null.</summary>
    public ModelConfig Part(string key) => Find(key) switch
    {
        null => Parse("{}", $"{_file}: {key}"),
        { ValueKind: JsonValueKind.Object } value => new ModelConfig($"{_file}: {key}", value),
        { } value => throw Wrong(key, value, "an object"),
    };

    /// <summary>Returns an error about this configuration, for rules that involve several keys.</summary>
    public CheckpointException Wrong(string what) => new($"{_file}: {what}");

    internal static JsonDocument ReadDocument(string path, long maximumLength)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
                throw new CheckpointException($"{path} does not exist.");
            if (info.Length > maximumLength)
                throw new CheckpointException($"{path} has {info.Length} bytes; at most {maximumLength} are allowed.");
            return JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private static ModelConfig From(JsonElement root, string name) => root.ValueKind == JsonValueKind.Object
        ? new ModelConfig(name, root.Clone())
        : throw new CheckpointException($"{name} must hold a JSON object.");

    private JsonElement? Find(string key) =>
        _root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private List<T>? List<T>(string key, string allowed, Func<JsonElement, T?> read)
        where T : struct
    {
        if (Find(key) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 4096)
            throw Wrong(key, value, allowed);
        return [.. value.EnumerateArray().Select(v => read(v) ?? throw Wrong(key, value, allowed))];
    }

    private CheckpointException Wrong(string key, JsonElement value, string allowed)
    {
        var text = value.GetRawText();
        return Wrong($"{key} must be {allowed}; got {(text.Length > 80 ? text[..80] + "..." : text)}");
    }
}
