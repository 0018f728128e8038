using System.Text.Json.Nodes;
using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Server.Errors;
using Kinema.Server.Files;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Assets;

/// <summary>Second of three steps: receives the file at the signed URL. Repeating it before the confirmation replaces the content.</summary>
internal static class ReceiveUpload
{
    public static async Task<IResult> HandleAsync(
        Guid orgId,
        Guid assetId,
        HttpRequest request,
        SignedUrls urls,
        IAssets assets,
        IContentStore contents,
        IDiskSpaceCheck diskSpace,
        IStorageQuota quota,
        CancellationToken ct)
    {
        if (FilesEndpoints.Refuse(urls, SignedUrls.UploadKind, orgId, assetId.ToString(), request) is { } refusal)
            return refusal;

        if (await assets.FindAsync(orgId, assetId, ct) is not { } asset)
            return ApiErrors.AssetNotFound(assetId);

        if (asset.ConfirmedAt is not null)
            return AlreadyConfirmed();

        if (!IsAnnouncedType(request.ContentType, asset.MimeType))
            return ApiErrors.UnsupportedMediaType($"The file was announced as {asset.MimeType}; got \"{request.ContentType}\".");

        if (request.ContentLength > asset.SizeBytes)
            return TooLarge(asset);

        // Before anything is stored; a body of unknown length is measured on the way.
        if (request.ContentLength is { } length && length < asset.SizeBytes)
            return TooShort(asset, length);

        if (!diskSpace.HasFreeSpace)
            return ApiErrors.StorageFull();

        if (await quota.CheckAsync(orgId, asset.SizeBytes, ct) is { } exceeded)
            return ApiErrors.QuotaExceeded(exceeded);

        if (await contents.PutAsync(orgId, request.Body, asset.SizeBytes, ct) is not { } stored)
            return TooLarge(asset);

        if (stored.SizeBytes < asset.SizeBytes)
            return TooShort(asset, stored.SizeBytes);

        return await assets.SetContentAsync(orgId, assetId, stored.Digest, stored.SizeBytes, ct)
            ? new JsonBodyResult(new JsonObject { ["asset_id"] = assetId, ["size_bytes"] = stored.SizeBytes })
            : AlreadyConfirmed();
    }

    private static bool IsAnnouncedType(string? came, string announced) =>
        string.IsNullOrEmpty(came)
        || (MediaTypeHeaderValue.TryParse(came, out var type) && MediaTypeHeaderValue.TryParse(announced, out var expected)
            && type.MediaType.Equals(expected.MediaType, StringComparison.OrdinalIgnoreCase));

    private static ApiError TooLarge(Asset asset) => ApiErrors.PayloadTooLarge($"The file was announced with {asset.SizeBytes} bytes; more came.");

    private static ApiError TooShort(Asset asset, long bytes) => ApiErrors.BadRequest($"The file was announced with {asset.SizeBytes} bytes; only {bytes} came.");

    private static ApiError AlreadyConfirmed() => ApiErrors.Conflict("The upload is already confirmed; make a new one for another file.");
}
