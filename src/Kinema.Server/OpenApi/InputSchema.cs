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
            Description = Describe(field),
            Default = field.Default?.DeepClone(),
            Minimum = field.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = field.Maximum?.ToString(CultureInfo.InvariantCulture),
        };
        if (IsMultiple(field))
            schema.MultipleOf = field.Step;
        if (field.Type == FieldType.List)
            (schema.Items, schema.MaxItems, schema.UniqueItems) = (Text(field, isNullable: false), field.MaxItems, true);
        else if (field.MaxLength is not null || field.AllowedValues.Count > 0)
            (schema.MaxLength, schema.Enum) = (field.MaxLength, Text(field, !field.Required).Enum);
        return schema;
    }

    /// <summary>A text of a field, or of a list's items.</summary>
    private static OpenApiSchema Text(FieldManifest field, bool isNullable) => new()
    {
        Type = JsonSchemaType.String,
        MaxLength = field.MaxLength,
        Enum = field.AllowedValues.Count == 0
            ? null
            : [.. field.AllowedValues.Select(JsonNode (value) => JsonValue.Create(value)), .. isNullable ? [JsonNullSentinel.JsonNull] : Array.Empty<JsonNode>()],
    };

    /// <summary>A schema counts steps from zero. Tools that reckon in binary fractions are wrong about fractions.</summary>
    private static bool IsMultiple(FieldManifest field) => field.Step is { } step && step % 1 == 0 && field.Minimum % step == 0;

    private static JsonSchemaType TypeOf(FieldType type) => type switch
    {
        FieldType.Integer => JsonSchemaType.Integer,
        FieldType.Boolean => JsonSchemaType.Boolean,
        FieldType.Number => JsonSchemaType.Number,
        FieldType.List => JsonSchemaType.Array,
        _ => JsonSchemaType.String,
    };

    private static string Describe(FieldManifest field)
    {
        var text = field.Media is { } media ? $"{field.Description} {Describe(media)}" : field.Description;
        if (field.Step is { } step && !IsMultiple(field))
            text += string.Create(CultureInfo.InvariantCulture, $" Counted from {field.Minimum} in steps of {step}.");
        return field.DefaultNote is { } note ? $"{text} Default: {note}." : text;
    }

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
