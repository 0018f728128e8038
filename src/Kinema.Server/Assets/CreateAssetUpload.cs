using System.Text.RegularExpressions;
using Kinema.Core.Admission;
using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Server.Auth;
using Kinema.Server.Configuration;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Assets;

/// <summary>First of three steps: creates an upload and returns the URL to PUT the file to.</summary>
internal static partial class CreateAssetUpload
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request,
        Caller caller,
        IAssets assets,
        AssetPresenter presenter,
        IDiskSpaceCheck diskSpace,
        IStorageQuota quota,
        IOptions<ServerOptions> options,
        TimeProvider timeProvider,
        CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return refusal;

        var fields = new BodyFields(body);
        var name = fields.RequiredText("filename", 500);
        var type = fields.OptionalText("mime_type", 255) ?? AssetTypes.Unknown;
        var size = fields.RequiredInteger("size_bytes", 1, options.Value.MaxUploadBytes);
        if (fields.Refusal is null && !MediaType.IsMatch(type) && !type.Equals(AssetTypes.Unknown, StringComparison.OrdinalIgnoreCase))
        {
            fields.Add(
                "mime_type",
                $"must be an image, video or audio type without parameters, such as image/png, or be left out, so that the content decides; got \"{type}\"",
                FieldErrorTypes.Value);
        }

        if (fields.Refusal is { } invalid)
            return invalid;

        if (!diskSpace.HasFreeSpace)
            return ApiErrors.StorageFull();
        if (await quota.CheckAsync(caller.OrgId, size, ct) is { } exceeded)
            return ApiErrors.QuotaExceeded(exceeded);

        var now = timeProvider.GetUtcNow();
        var asset = new Asset
        {
            Id = Guid.CreateVersion7(now),
            OrgId = caller.OrgId,
            Name = name,
            MimeType = type.ToLowerInvariant(),
            SizeBytes = size,
            SourceType = "upload",
            CreatedBy = caller.Key.Id,
            CreatedAt = now,
        };
        await assets.CreateAsync(asset, ct);
        return new JsonBodyResult(presenter.PresentUpload(asset), StatusCodes.Status201Created);
    }

    // The server later sends this value as Content-Type, so it must be valid in a header.
    [GeneratedRegex(@"\A(image|video|audio)/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MediaType { get; }
}
