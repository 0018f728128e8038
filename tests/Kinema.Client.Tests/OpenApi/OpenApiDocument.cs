using System.Text.Json.Nodes;

namespace Kinema.Client.Tests.OpenApi;

/// <summary>The server's description of its API, as far as the client is checked against it.</summary>
internal sealed class OpenApiDocument(JsonObject root)
{
    private static string Path => System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "../../../../../docs/openapi.json"));

    /// <summary>Reads <c>docs/openapi.json</c>; the test is skipped where that is not there yet.</summary>
    public static async Task<OpenApiDocument> ReadAsync(CancellationToken ct)
    {
        Assert.SkipUnless(File.Exists(Path), "docs/openapi.json is not there yet.");
        return new(JsonNode.Parse(await File.ReadAllTextAsync(Path, ct))!.AsObject());
    }

    /// <summary>The operation of a method and path; one that is named literally goes before one with parameters.</summary>
    public JsonObject? FindOperation(string method, string path) => root["paths"]!.AsObject()
        .Where(route => Matches(route.Key, path))
        .OrderBy(route => route.Key.Count(c => c == '{'))
        .Select(route => route.Value![method.ToLowerInvariant()]?.AsObject())
        .FirstOrDefault();

    public IReadOnlyList<string> ParametersOf(JsonObject operation, string place) =>
        [.. (operation["parameters"]?.AsArray() ?? []).Select(Resolve).Where(p => p["in"]!.GetValue<string>() == place).Select(p => p["name"]!.GetValue<string>())];

    public JsonObject Schema(string name) => root["components"]!["schemas"]![name]!.AsObject();

    /// <summary>Follows references, and takes the one alternative that is not null.</summary>
    public JsonObject Resolve(JsonNode? node)
    {
        var found = node!.AsObject();
        if (found["$ref"] is { } reference)
            return Resolve(reference.GetValue<string>()[2..].Split('/').Aggregate((JsonNode)root, (at, step) => at[step]!));
        return found["anyOf"] is JsonArray choices ? Resolve(choices.Single(choice => choice!["type"]?.ToString() != "null")) : found;
    }

    /// <summary>The members of an object, and those of the schemas that it includes where it has none of the same name.</summary>
    public Dictionary<string, JsonObject> Members(JsonObject schema) => (schema["allOf"]?.AsArray() ?? [])
        .SelectMany(part => Members(Resolve(part)))
        .Concat((schema["properties"]?.AsObject() ?? []).Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value))))
        .GroupBy(member => member.Key)
        .ToDictionary(member => member.Key, member => member.Last().Value);

    public static IReadOnlyList<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => type!.GetValue<string>()).Where(type => type != "null")],
        { } one => [one.GetValue<string>()],
        null => [],
    };

    private static bool Matches(string template, string path)
    {
        var (expected, actual) = (template.Split('/'), path.Split('/'));
        return expected.Length == actual.Length && expected.Zip(actual).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }
}
