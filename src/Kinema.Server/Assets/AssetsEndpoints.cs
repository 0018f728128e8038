using Kinema.Core.Assets;
using Kinema.Core.Keys;
using Kinema.Server.Auth;
using Kinema.Server.Configuration;
using Kinema.Server.Errors;
using Kinema.Server.Files;
using Kinema.Server.RateLimits;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Assets;

internal static class AssetsEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        var assets = app.MapGroup("/v1").WithTags("Media");
        assets.MapPost("/asset-uploads", CreateAssetUpload.HandleAsync).RequireScope(Scopes.AssetsCreate);
        assets.MapPost("/asset-uploads/{id}/confirmations", ConfirmAssetUpload.HandleAsync).RequireScope(Scopes.AssetsCreate);
        assets.MapGet("/assets", ListAssets.HandleAsync).RequireScope(Scopes.AssetsRead);
        assets.MapGet("/assets/types", () => new JsonBodyResult(AssetTypes.Present())).RequireScope(Scopes.AssetsRead);
        assets.MapGet("/assets/{id}", GetAssetAsync).RequireScope(Scopes.AssetsRead);
        assets.MapDelete("/assets/{id}", DeleteAsset.HandleAsync).RequireScope(Scopes.AssetsEdit);

        // The signature authorizes the request. The limit is one byte above the largest file, so that our own error message answers a file that is too large.
        app.MapPut($"/{SignedUrls.Root}{SignedUrls.UploadKind}/{{orgId:guid}}/{{assetId:guid}}", ReceiveUpload.HandleAsync)
            .RequireCors(CrossOrigin.FilesPolicy)
            .WithTags("Media")
            .WithMetadata(new WithoutRate(), new BodyLimit(app.ServiceProvider.GetRequiredService<IOptions<ServerOptions>>().Value.MaxUploadBytes + 1));
    }

    private static async Task<IResult> GetAssetAsync(RouteId id, Caller caller, IAssets assets, AssetPresenter presenter, CancellationToken ct) =>
        await assets.FindAsync(caller.OrgId, id, ct) is { } asset ? new JsonBodyResult(presenter.Present(asset)) : ApiErrors.AssetNotFound(id);
}
