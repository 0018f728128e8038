using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Core.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.OpenApi;

/// <summary>A description of the API as it is sent.</summary>
internal sealed class ServedDocument
{
    private readonly EntityTagHeaderValue _tag;

    private ServedDocument(string json)
    {
        Bytes = Encoding.UTF8.GetBytes(json);
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes.Span).AsSpan(0, 12))}\"");
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <param name="json">The document; components that nothing refers to are left out.</param>
    public static ServedDocument Of(string json)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        UnusedComponents.Remove(document);
        return new(WireJson.Text(document));
    }

    public IResult Send(HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Bytes, "application/json; charset=utf-8", entityTag: _tag);
    }
}
