using System.Text.Json.Nodes;
using Kinema.Core.Catalog;

namespace Kinema.Pages.Http;

/// <summary>The links of RFC 9727, by which programs find the API's descriptions.</summary>
internal sealed class ApiCatalog(ICatalog catalog, IPageAddress address)
{
    public const string ContentType = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";

    private const string OpenApiType = "application/json";

    public string Write() => new JsonObject
    {
        ["linkset"] = new JsonArray(new JsonObject
        {
            ["anchor"] = address.Base.AbsoluteUri,
            ["service-desc"] = Links(("api/openapi.public.json", OpenApiType), ("v1/openapi.json", OpenApiType)),
            ["service-doc"] = Links([.. catalog.EnabledModels.Select(model => ($"models/{model.Slug}?tab=api", "text/html")), ("docs/api", "text/html"), ("llms.txt", "text/plain")]),
            ["status"] = Links(("v1/health", "application/json"), ("v1/readiness", "application/json")),
        }),
    }.ToJsonString();

    private JsonArray Links(params IEnumerable<(string Path, string Type)> links) =>
        [.. links.Select(link => new JsonObject { ["href"] = new Uri(address.Base, link.Path).AbsoluteUri, ["type"] = link.Type })];
}
