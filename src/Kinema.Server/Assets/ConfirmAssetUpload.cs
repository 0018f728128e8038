using Kinema.Core.Assets;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Assets;

/// <summary>Last of three steps: makes the asset usable as an input. Repeating it gives the same asset.</summary>
internal static class ConfirmAssetUpload
{
    public static async Task<IResult> HandleAsync(RouteId id, HttpRequest request, Caller caller, IAssets assets, AssetPresenter presenter, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return refusal;

        var fields = new BodyFields(body);
        var folderId = fields.OptionalId("folder_id");
        if (fields.Refusal is { } invalid)
            return invalid;

        if (await assets.ConfirmAsync(caller.OrgId, id, folderId, ct) is { } asset)
            return new JsonBodyResult(presenter.Present(asset), StatusCodes.Status201Created);

        return await assets.FindAsync(caller.OrgId, id, ct) is null
            ? ApiErrors.AssetNotFound(id)
            : ApiErrors.Conflict("Nothing was uploaded yet; PUT the file to the upload_url first.");
    }
}
