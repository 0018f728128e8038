using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Kinema.TestSupport.OpenApi;

/// <summary>
/// The schemas of a document. For answers they are closed: a member that is sent and not described is a fault, though callers must expect new ones.
/// </summary>
internal sealed class ContractSchemas
{
    private const string Components = "#/components/schemas/";

    private readonly ConcurrentDictionary<(string Base, string Schema), ContractSchema> _compiled = new();
    private readonly EvaluationOptions _options = new() { OutputFormat = OutputFormat.Flag, RequireFormatValidation = true };

    public ContractSchemas(JsonObject document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        Register("requests", schemas);
        Register("answers", SchemaClosing.Close(schemas));
        Register("cut", SchemaClosing.Close(SchemaClosing.WithoutRequired(schemas)));
        Refusal = OfAnswer(new JsonObject { ["$ref"] = Components + "Error" }, isCut: false);
    }

    /// <summary>The body of every refusal.</summary>
    public ContractSchema Refusal { get; }

    public ContractSchema Of(JsonNode schema) => Compile("requests", schema);

    /// <param name="schema">The answer's.</param>
    /// <param name="isCut">Whether records show only some members.</param>
    public ContractSchema OfAnswer(JsonNode schema, bool isCut) => Compile(isCut ? "cut" : "answers", SchemaClosing.Close(schema));

    private void Register(string name, JsonObject schemas)
    {
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = IdOf(name), ["$defs"] = schemas.DeepClone() };
        _options.SchemaRegistry.Register(JsonSchema.FromText(document.ToJsonString().Replace(Components, "#/$defs/", StringComparison.Ordinal)));
    }

    private ContractSchema Compile(string name, JsonNode schema) => _compiled.GetOrAdd(
        (name, schema.ToJsonString()),
        key => new(JsonSchema.FromText(key.Schema.Replace(Components, IdOf(name) + "#/$defs/", StringComparison.Ordinal)), _options));

    private static string IdOf(string name) => $"https://kinema.invalid/{name}";
}
