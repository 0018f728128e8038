using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Server.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.TestSupport.OpenApi;

/// <summary>The OpenAPI document of a server, for comparison with what the server does.</summary>
internal sealed class ApiContract
{
    /// <summary>Servers with the same models have the same contract, and there are hundreds of servers in a run of the tests.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Task<ApiContract>>> _known = new();

    private readonly ContractSchemas _schemas;
    private readonly IReadOnlyList<ContractOperation> _operations;

    private ApiContract(JsonObject document)
    {
        _schemas = new ContractSchemas(document);
        _operations = ContractOperation.ReadAll(document);
    }

    public static Task<ApiContract> OfAsync(IServiceProvider services) =>
        _known.GetOrAdd(Models(services), _ => new(() => ReadAsync(services))).Value;

    public async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        // The slashes of a model's slug may come escaped.
        var path = request.RequestUri!.AbsolutePath.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (request.Method == HttpMethod.Options || !IsApi(path))
            return;

        var method = request.Method == HttpMethod.Head ? HttpMethod.Get : request.Method;
        var exchange = new ContractExchange(request, response, _schemas);
        if (_operations.FirstOrDefault(operation => operation.Serves(method, path)) is { } operation)
            await exchange.CheckAsync(operation, ct);
        else
            await exchange.CheckRefusalAsync(ct);
    }

    /// <summary>The routes of the video facade have OpenAI's shape, which its clients check.</summary>
    private static bool IsApi(string path) => path != "/v1/videos" && !path.StartsWith("/v1/videos/", StringComparison.Ordinal) && (
        path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/api/", StringComparison.Ordinal) || path == "/models-catalog.json");

    private static string Models(IServiceProvider services) => string.Join(' ', services.GetRequiredService<Core.Catalog.ICatalog>().EnabledModels
        .Select(model => string.Create(CultureInfo.InvariantCulture, $"{model.Id} {model.Slug} {model.Version} {model.Inputs.Count}")));

    private static async Task<ApiContract> ReadAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredService<OpenApiDocuments>().ReadAsync(OpenApiDocuments.Full);
        return new ApiContract(JsonNode.Parse(document.Bytes.Span)!.AsObject());
    }
}
