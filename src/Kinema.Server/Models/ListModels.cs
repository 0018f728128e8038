using Kinema.Core.Catalog;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Models;

internal static class ListModels
{
    public static async Task<IResult> HandleAsync(HttpRequest request, ModelAvailability availability, CancellationToken ct) =>
        ListResult.Of(request, CatalogLists.Models, await availability.ReadAsync(ct));

    /// <summary>The models that anybody may see: all that are not disabled.</summary>
    public static async Task<IResult> HandlePublicAsync(HttpRequest request, ModelAvailability availability, CancellationToken ct) =>
        ListResult.Of(request, CatalogLists.Models, (await availability.ReadAsync(ct)).Where(model => model.Manifest.Enabled));
}
