using Kinema.Core.Catalog;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Models;

/// <summary>Lists and finds the owners of models.</summary>
internal static class ListCreators
{
    public static async Task<IResult> HandleAsync(HttpRequest request, ModelAvailability availability, CancellationToken ct) =>
        ListResult.Of(request, CatalogLists.Creators, ModelCreator.Of(await availability.ReadAsync(ct)));

    /// <summary>By id or slug.</summary>
    public static async Task<IResult> FindAsync(string id, ModelAvailability availability, CancellationToken ct) =>
        ModelCreator.Of(await availability.ReadAsync(ct)).FirstOrDefault(creator => creator.Slug == id || creator.Id.ToString() == id) is { } creator
            ? new JsonBodyResult(creator.ToJson())
            : ApiErrors.NotFound($"No model creator is called '{ReceivedValue.Shorten(id)}'.");
}
