using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Models;

/// <summary>The catalogue in the short form that sites read: <c>models-catalog.json</c>.</summary>
internal static class SiteCatalog
{
    public static async Task<IResult> HandleAsync(ModelAvailability availability, ServerAddress address, CancellationToken ct) =>
        new JsonBodyResult(new JsonArray([.. (await availability.ReadAsync(ct)).Select(model => Present(model, address))]));

    private static JsonObject Present(ModelEntry model, ServerAddress address) => new()
    {
        ["slug"] = model.Manifest.Slug,
        ["model_name"] = model.Manifest.Name,
        ["category"] = model.Manifest.Category,
        ["page_url"] = new Uri(address.Base, $"models/{model.Manifest.Slug}").AbsoluteUri,
        ["price_label"] = model.Manifest.Price.Label,
        ["provider_name"] = model.Manifest.Provider,
        ["thumbnail_url"] = null,
        ["active"] = model.IsAvailable,
        ["isWorkflow"] = false,
    };
}
