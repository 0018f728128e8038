using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>What the files <c>*.openapi.json</c> beside the endpoints say, as one document.</summary>
internal static class WrittenApi
{
    private const string Suffix = ".openapi.json";

    /// <summary>Reads the files anew: a document that is made from them changes them.</summary>
    public static OpenApiDocument Read()
    {
        var whole = new JsonObject { ["openapi"] = "3.1.1" };
        foreach (var file in typeof(WrittenApi).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            Merge(whole, ReadFile(file), file);

        // The version is the server's; a reader refuses a document without one.
        whole["info"]!["version"] = "";
        var (document, diagnostic) = OpenApiDocument.Parse(whole.ToJsonString(), OpenApiConstants.Json);
        return diagnostic is { Errors.Count: > 0 }
            ? throw new InvalidOperationException($"The files *{Suffix} do not fit together: {diagnostic.Errors[0]}")
            : document!;
    }

    private static JsonObject ReadFile(string name)
    {
        using var stream = typeof(WrittenApi).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static void Merge(JsonObject into, JsonObject from, string file)
    {
        foreach (var (name, value) in from.ToList())
        {
            from.Remove(name);
            if (into[name] is null)
                into[name] = value;
            else if (into[name] is JsonObject known && value is JsonObject more)
                Merge(known, more, file);
            else
                throw new InvalidOperationException($"{file} says {name} once more.");
        }
    }
}
