using System.Text.Json.Nodes;

namespace Kinema.TestSupport.OpenApi;

/// <summary>Makes schemas stricter or laxer than they are written.</summary>
internal static class SchemaClosing
{
    private const string Open = ".open";
    private const string Page = "Page";

    /// <summary>Allows no member that is not described. Schemas that others extend stay open where those name them.</summary>
    public static JsonObject Close(JsonObject schemas)
    {
        var closed = new JsonObject();
        foreach (var (name, schema) in schemas)
        {
            closed[name] = Close(schema!);
            closed[name + Open] = schema!.DeepClone();
        }

        return closed;
    }

    public static JsonNode Close(JsonNode schema)
    {
        var copy = schema.DeepClone();
        Visit(copy);
        return copy;
    }

    /// <summary>Allows records to lack members; pages keep theirs.</summary>
    public static JsonObject WithoutRequired(JsonObject schemas)
    {
        var lax = schemas.DeepClone().AsObject();
        foreach (var (name, schema) in lax)
        {
            if (!name.EndsWith(Page, StringComparison.Ordinal))
                schema!.AsObject().Remove("required");
        }

        return lax;
    }

    private static void Visit(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Visit(item);
        }

        if (node is not JsonObject schema)
            return;

        foreach (var (_, member) in schema)
            Visit(member);
        if (schema["properties"] is not JsonObject || schema.ContainsKey("additionalProperties"))
            return;

        if (schema["allOf"] is JsonArray bases)
        {
            foreach (var extended in bases.OfType<JsonObject>().Where(extended => extended.ContainsKey("$ref")))
                extended["$ref"] = extended["$ref"]!.GetValue<string>() + Open;
            schema["unevaluatedProperties"] = false;
        }
        else if (IsObject(schema["type"]))
        {
            schema["additionalProperties"] = false;
        }
    }

    private static bool IsObject(JsonNode? type) => type switch
    {
        JsonValue name => name.GetValue<string>() == "object",
        JsonArray names => names.Any(name => name!.GetValue<string>() == "object"),
        _ => false,
    };
}
