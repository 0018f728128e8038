using System.Globalization;
using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>One JSON object of a manifest. Tracks the members that are read; unread members are rejected as spelling mistakes.</summary>
internal sealed class ManifestNode(JsonElement element, string file, string path)
{
    private readonly HashSet<string> _read = [];

    public static ManifestNode Root(JsonElement element, string file) =>
        element.ValueKind == JsonValueKind.Object
            ? new(element, file, "")
            : throw new ManifestException(file, "the manifest", "must be a JSON object");

    public string Text(string name) => OptionalText(name) ?? throw Missing(name, "a string");

    public string? OptionalText(string name) => Find(name) is { } value ? TextOf(value, name) : null;

    public T Code<T>(string name)
        where T : struct, Enum
    {
        var text = Text(name);
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (CodeOf(candidate) == text)
                return candidate;
        }

        throw Wrong(name, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(CodeOf))}; got \"{text}\"");
    }

    public long? OptionalInteger(string name) => Find(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong(name, "must be an integer");

    public int Integer(string name) => OptionalSmallInteger(name) ?? throw Missing(name, "an integer");

    public int? OptionalSmallInteger(string name) => OptionalInteger(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var number => (int)number,
        _ => throw Wrong(name, $"must be from 0 to {int.MaxValue}"),
    };

    public double? OptionalNumber(string name) => Find(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong(name, "must be a number");

    public decimal? OptionalDecimal(string name) => Find(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Number && JsonDecimal.Read(value.GetRawText(), out var number) == JsonDecimal.Kind.Exact
            ? number
            : throw Wrong(name, $"must be a number of at most {JsonDecimal.MaxDigits} digits");

    public bool Flag(string name, bool otherwise) => Find(name)?.ValueKind switch
    {
        null => otherwise,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "must be true or false"),
    };

    public DateOnly Date(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Wrong(name, "must be a date such as 2026-04-08");

    public Guid Id(string name) => Guid.TryParseExact(Text(name), "D", out var id) ? id : throw Wrong(name, "must be a UUID");

    public JsonElement? Value(string name) => Find(name);

    public ManifestNode Object(string name) => OptionalObject(name) ?? throw Missing(name, "an object");

    public ManifestNode? OptionalObject(string name) => Find(name) is { } value ? ObjectOf(value, name) : null;

    public IReadOnlyList<ManifestNode> Objects(string name) => [.. Items(name).Select(i => ObjectOf(i.Value, i.Name))];

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(i => TextOf(i.Value, i.Name))];

    public IReadOnlyList<IReadOnlyList<string>> TextGroups(string name) =>
        [.. Items(name).Select(group => (IReadOnlyList<string>)[.. ItemsOf(group.Value, group.Name).Select(i => TextOf(i.Value, i.Name))])];

    /// <summary>Rejects members that were not read.</summary>
    public void Complete()
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!_read.Contains(member.Name))
                throw Wrong(member.Name, $"is not known here; known are {string.Join(", ", _read)}");
        }
    }

    public ManifestException Wrong(string name, string problem) => new(file, Place(name), problem);

    internal static string CodeOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private IEnumerable<(JsonElement Value, string Name)> Items(string name) => Find(name) is { } value ? ItemsOf(value, name) : [];

    private IEnumerable<(JsonElement Value, string Name)> ItemsOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select((item, i) => (item, $"{name}[{i}]"))
            : throw Wrong(name, "must be an array");

    private ManifestNode ObjectOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object ? new(value, file, Place(name)) : throw Wrong(name, "must be an object");

    private string TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "must be a string");

    private ManifestException Missing(string name, string kind) => Wrong(name, $"is missing; it must be {kind}");

    private string Place(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
