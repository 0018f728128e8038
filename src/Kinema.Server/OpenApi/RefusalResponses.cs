using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>One response for each set of error codes that operations answer with the same status.</summary>
internal sealed class RefusalResponses(OpenApiDocument document, OpenApiDocument written)
{
    private readonly Dictionary<string, ErrorCode> _codes = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (ErrorCode)field.GetValue(null)!)
        .ToDictionary(code => code.Name);

    private readonly Dictionary<string, string> _meanings = written.Components!.Schemas![nameof(ErrorCode)].OneOf!
        .ToDictionary(code => code.Const!, code => code.Description!);

    public IDictionary<string, IOpenApiResponse> All { get; } = new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal);

    /// <summary>The responses with these codes, by their status.</summary>
    public IEnumerable<(string Status, IOpenApiResponse Response)> Of(IEnumerable<string> codes) => codes
        .Distinct()
        .GroupBy(code => _codes[code].Status)
        .OrderBy(group => group.Key)
        .Select(group => (group.Key.ToString(CultureInfo.InvariantCulture), (IOpenApiResponse)Reference([.. group.Order(StringComparer.Ordinal)])));

    private OpenApiResponseReference Reference(IReadOnlyList<string> codes)
    {
        var name = string.Join('.', codes);
        All.TryAdd(name, Describe(codes));
        return new OpenApiResponseReference(name, document);
    }

    private OpenApiResponse Describe(IReadOnlyList<string> codes) => new()
    {
        Description = string.Join("\n\n", codes.Select(code => $"`{code}`: {_meanings[code]}")),
        Headers = new Dictionary<string, IOpenApiHeader>
        {
            [RequestIdMiddleware.Header] = new OpenApiHeaderReference(RequestIdMiddleware.Header, document),
            ["Retry-After"] = new OpenApiHeaderReference("Retry-After", document),
        },
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    AllOf = [new OpenApiSchemaReference("Error", document)],
                    Properties = new Dictionary<string, IOpenApiSchema> { ["code"] = new OpenApiSchema { Enum = [.. codes.Select(code => JsonValue.Create(code))] } },
                },
                Examples = codes.ToDictionary(code => code, IOpenApiExample (code) => new OpenApiExample { Value = Example(code) }),
            },
        },
    };

    private JsonObject Example(string code) => new() { ["code"] = code, ["message"] = _meanings[code], ["errors"] = null };
}
