using System.Text.Json;

namespace Kinema.Wan.Text.Tokens;

/// <summary>A value of a JSON file with its key, which errors name: <c>normalizer.normalizers[1].type</c>.</summary>
/// <param name="Value">The value.</param>
/// <param name="Key">Its path from the root; empty for the root.</param>
internal readonly record struct KeyedElement(JsonElement Value, string Key)
{
    /// <exception cref="InvalidDataException">There is no such property.</exception>
    public KeyedElement Get(string name) => Find(name) ?? throw new InvalidDataException($"\"{KeyOf(name)}\" is missing");

    /// <summary>Returns null if the property is absent or null.</summary>
    public KeyedElement? Find(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object)
            throw Wrong("an object");
        return Value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new(value, KeyOf(name)) : null;
    }

    public IEnumerable<KeyedElement> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
            throw Wrong("a list");
        var key = Key;
        return Value.EnumerateArray().Select((item, index) => new KeyedElement(item, $"{key}[{index}]"));
    }

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("a text");

    public int Int() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) ? number : throw Wrong("a whole number");

    public bool Flag() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false");

    public byte[] Base64() => Value.ValueKind == JsonValueKind.String && Value.TryGetBytesFromBase64(out var bytes) ? bytes : throw Wrong("a text in base64");

    /// <summary>Returns the error of a value that is not what is allowed.</summary>
    public InvalidDataException Wrong(string allowed)
    {
        var text = Value.GetRawText();
        return new($"\"{Key}\" must be {allowed}; it is {(text.Length > 60 ? text[..60] + "..." : text)}");
    }

    private string KeyOf(string name) => Key.Length == 0 ? name : $"{Key}.{name}";
}
