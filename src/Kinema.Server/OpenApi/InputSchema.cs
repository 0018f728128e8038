using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Engines;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>The schema of a model's input, made from its manifest.</summary>
internal static class InputSchema
{
    public static OpenApiSchema Of(ModelManifest model) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"Input fields of {model.Name}.",
        Required = model.Inputs.Where(field => field.Required).Select(field => field.Name).ToHashSet(),
        Properties = model.Inputs.ToDictionary(field => field.Name, IOpenApiSchema (field) => Field(field)),
        AdditionalPropertiesAllowed = false,
        AllOf =
        [
            .. model.ExactlyOneOf.Select(IOpenApiSchema (group) => new OpenApiSchema { OneOf = [.. group.Select(field => Given(field))] }),
            .. model.NotTogether.SelectMany(Pairs).Select(IOpenApiSchema (pair) => new OpenApiSchema { Not = Given(pair.One, pair.Other) }),
        ],
    };

    private static OpenApiSchema Field(FieldManifest field)
    {
        var schema = new OpenApiSchema
        {
            Type = TypeOf(field.Type) | (field.Required ? 0 : JsonSchemaType.Null),
            Description = field.Media is { } media ? $"{field.Description} {Describe(media)}" : field.Description,
            Default = field.Default?.DeepClone(),
            MaxLength = field.MaxLength,
            Minimum = field.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = field.Maximum?.ToString(CultureInfo.InvariantCulture),
        };
        if (field.AllowedValues.Count > 0)
            schema.Enum = [.. field.AllowedValues.Select(JsonNode (value) => JsonValue.Create(value)), .. field.Required ? Array.Empty<JsonNode>() : [JsonNullSentinel.JsonNull]];
        return schema;
    }

    private static JsonSchemaType TypeOf(FieldType type) => type switch
    {
        FieldType.Integer => JsonSchemaType.Integer,
        FieldType.Boolean => JsonSchemaType.Boolean,
        _ => JsonSchemaType.String,
    };

    private static string Describe(MediaLimits media) =>
        $"An http(s) URL, a data URI, `runflow://assets/{{id}}` or the id of an asset; {string.Join(", ", media.ContentTypes)}, at most {media.MaxBytes.ToString(CultureInfo.InvariantCulture)} bytes.";

    /// <summary>Null counts as absent.</summary>
    private static OpenApiSchema Given(params IReadOnlyList<string> fields) => new()
    {
        Required = fields.ToHashSet(),
        Properties = fields.ToDictionary(field => field, IOpenApiSchema (_) => new OpenApiSchema { Not = new OpenApiSchema { Type = JsonSchemaType.Null } }),
    };

    private static IEnumerable<(string One, string Other)> Pairs(IReadOnlyList<string> group) =>
        group.SelectMany((one, i) => group.Skip(i + 1).Select(other => (one, other)));
}
