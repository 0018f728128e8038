using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Media;
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

        if (BodyEncoding.IsPacked(request))
            return ApiErrors.UnsupportedMediaType("A file must come without Content-Encoding.");

        if (asset.ConfirmedAt is not null)
            return await IsRepeatedAsync(asset, request, ct) ? Received(asset) : AlreadyConfirmed();

        // By now the type may be the content's and not the caller's: the same file again is no other type.
        if (!IsAnnouncedType(request.ContentType, asset.MimeType))
        {
            return asset.Digest is not null && await IsRepeatedAsync(asset, request, ct)
                ? Received(asset)
                : ApiErrors.UnsupportedMediaType($"The file was announced as {asset.MimeType}; got \"{ReceivedValue.Shorten(request.ContentType!)}\".");
        }

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

        if (await DecideTypeAsync(asset, stored, ct) is not { } type)
            return ApiErrors.UnsupportedMediaType("The file was announced without a type, and its content is no image, video or audio.");

        // False if the same file came twice at once and the other was confirmed in between.
        return await assets.SetContentAsync(orgId, assetId, new(stored.Digest, stored.SizeBytes, type), ct)
            || (await assets.FindAsync(orgId, assetId, ct))?.Digest == stored.Digest
            ? Received(asset)
            : AlreadyConfirmed();
    }

    /// <summary>A caller that lost the answer may send the same file again, even after the confirmation.</summary>
    private static async Task<bool> IsRepeatedAsync(Asset asset, HttpRequest request, CancellationToken ct) =>
        (request.ContentLength is null || request.ContentLength == asset.SizeBytes)
        && Convert.ToHexStringLower(await SHA256.HashDataAsync(request.Body, ct)) == asset.Digest;

    private static bool IsAnnouncedType(string? came, string announced) =>
        announced == AssetTypes.Unknown
        || string.IsNullOrEmpty(came)
        || (MediaTypeHeaderValue.TryParse(came, out var type)
            && (type.MediaType.Equals(AssetTypes.Unknown, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(announced, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Returns the announced type, or by the content where none was announced; null for what is no medium.</summary>
    private static async Task<string?> DecideTypeAsync(Asset asset, StoredContent stored, CancellationToken ct)
    {
        if (asset.MimeType != AssetTypes.Unknown)
            return asset.MimeType;

        var head = new byte[ContentTypes.BytesNeeded];
        await using var file = File.OpenRead(stored.Path);
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var type = ContentTypes.SniffMovie(head.AsSpan(0, length));
        return AssetTypes.Of(type) == "file" ? null : type;
    }

    private static JsonBodyResult Received(Asset asset) => new(new JsonObject { ["asset_id"] = asset.Id, ["size_bytes"] = asset.SizeBytes });

    private static ApiError TooLarge(Asset asset) => ApiErrors.PayloadTooLarge($"The file was announced with {asset.SizeBytes} bytes; more came.");

    private static ApiError TooShort(Asset asset, long bytes) => ApiErrors.BadRequest($"The file was announced with {asset.SizeBytes} bytes; only {bytes} came.");

    private static ApiError AlreadyConfirmed() => ApiErrors.Conflict("The upload is already confirmed; make a new one for another file.");
}
