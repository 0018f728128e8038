using System.Collections.Concurrent;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>The descriptions of the API, each made when it is first asked for: most servers are never asked.</summary>
internal sealed class OpenApiDocuments(IServiceProvider services)
{
    /// <summary>The whole API.</summary>
    public const string Full = "full";

    /// <summary>What callers integrate: without keys, administration and reference tables.</summary>
    public const string Public = "public";

    private readonly ConcurrentDictionary<string, Lazy<Task<ServedDocument>>> _documents = new();

    public Task<ServedDocument> ReadAsync(string name) => _documents.GetOrAdd(name, name => new(() => MakeAsync(name))).Value;

    private async Task<ServedDocument> MakeAsync(string name)
    {
        // Not the caller's token: others wait for the same document.
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(name).GetOpenApiDocumentAsync(CancellationToken.None);
        return ServedDocument.Of(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
