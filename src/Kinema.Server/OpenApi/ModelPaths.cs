using Kinema.Core.Catalog;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>Paths of one model: those of any model with its slug in them, and with its own input.</summary>
internal static class ModelPaths
{
    private const string Template = "/v1/models/{model_id}";
    private const string IdParameter = "model_id";

    public static bool IsTemplate(string path) => path.StartsWith(Template, StringComparison.Ordinal);

    public static void Add(OpenApiDocument document, ModelManifest model)
    {
        var name = model.Slug.Replace('/', '.');
        document.Components!.Schemas![$"{name}.Input"] = InputSchema.Of(model);
        document.Components.Schemas[$"{name}.RunRequest"] = new OpenApiSchema
        {
            Description = $"What {model.Name} makes.",
            AllOf = [new OpenApiSchemaReference("RunRequest", document)],
            Properties = new Dictionary<string, IOpenApiSchema> { ["input"] = new OpenApiSchemaReference($"{name}.Input", document) },
        };
        foreach (var (path, item) in document.Paths.Where(path => IsTemplate(path.Key)).ToList())
        {
            foreach (var (method, operation) in item.Operations!)
                DescribeApi.Add(document.Paths, path.Replace(Template, $"/v1/models/{model.Slug}", StringComparison.Ordinal), method, OfModel(operation, model, name, document));
        }
    }

    private static OpenApiOperation OfModel(OpenApiOperation any, ModelManifest model, string name, OpenApiDocument document) => new(any)
    {
        OperationId = $"{any.OperationId}.{name}",
        Summary = $"{any.Summary}: {model.Name}",
        Parameters = [.. any.Parameters!.Where(parameter => parameter is not OpenApiParameterReference { Reference.Id: IdParameter })],
        RequestBody = any.RequestBody is null ? null : BodyOf(model, name, document),
    };

    private static OpenApiRequestBody BodyOf(ModelManifest model, string name, OpenApiDocument document) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference($"{name}.RunRequest", document),
                Examples = model.Examples.Select((example, order) => (example, order)).ToDictionary(
                    entry => $"example{entry.order + 1}",
                    IOpenApiExample (entry) => new OpenApiExample
                    {
                        Summary = entry.example.Title,
                        Description = entry.example.Description,
                        Value = new System.Text.Json.Nodes.JsonObject { ["input"] = entry.example.Input.DeepClone() },
                    }),
            },
        },
    };
}
