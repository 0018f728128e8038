using Kinema.Core.Assets;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Assets;

/// <summary>Deletes an asset that no unfinished run uses.</summary>
internal static class DeleteAsset
{
    public static async Task<IResult> HandleAsync(RouteId id, Caller caller, IAssets assets, CancellationToken ct) =>
        await assets.DeleteAsync(caller.OrgId, id, ct) switch
        {
            { IsDeleted: true } => TypedResults.NoContent(),
            { UsedBy: { } run } => ApiErrors.Conflict($"The run {run} uses this asset; delete it when the run has ended."),
            _ => ApiErrors.AssetNotFound(id),
        };
}
