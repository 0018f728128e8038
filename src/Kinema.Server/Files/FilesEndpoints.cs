using System.Globalization;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Runs;
using Kinema.Server.Errors;
using Kinema.Server.RateLimits;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Server.Files;

/// <summary>Endpoints of signed URLs. The signature authorizes the request; no API key is needed.</summary>
internal static class FilesEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/" + SignedUrls.Root.TrimEnd('/')).RequireCors(CrossOrigin.FilesPolicy).WithMetadata(new WithoutRate()).WithTags("Files");
        files.MapGet($"/{SignedUrls.ArtifactKind}/{{orgId:guid}}/{{**key}}", ReadArtifactAsync);
        files.MapGet($"/{SignedUrls.AssetKind}/{{orgId:guid}}/{{assetId:guid}}", ReadAssetAsync);
    }

    private static async Task<IResult> ReadArtifactAsync(
        Guid orgId, string key, HttpRequest request, SignedUrls urls, IRunLedger runs, IArtifactStore artifacts, CancellationToken ct)
    {
        if (Refuse(urls, SignedUrls.ArtifactKind, orgId, key, request) is { } refusal)
            return refusal;

        // The run record decides whether the file is still an output.
        var run = Guid.TryParse(key.Split('/')[0], out var runId) ? await runs.FindAsync(orgId, runId, ct) : null;
        if (run?.Output?.Artifacts.FirstOrDefault(a => a.Key == key) is not { } artifact || artifacts.Find(key) is not { } path)
            return ApiErrors.NotFound("The file is no longer kept.");

        var name = $"{run.ModelSlug.Split('/')[^1]}-{run.Id}{Path.GetExtension(key)}";
        return new SignedFile(path, artifact.ContentType, name, artifact.Digest, Expires(request));
    }

    private static async Task<IResult> ReadAssetAsync(
        Guid orgId, Guid assetId, HttpRequest request, SignedUrls urls, IAssets assets, IContentStore contents, CancellationToken ct)
    {
        if (Refuse(urls, SignedUrls.AssetKind, orgId, assetId.ToString(), request) is { } refusal)
            return refusal;

        return await assets.FindAsync(orgId, assetId, ct) is { Digest: { } digest } asset && contents.Find(orgId, digest) is { } path
            ? new SignedFile(path, asset.MimeType, asset.Name.Split('/', '\\')[^1], digest, Expires(request))
            : ApiErrors.NotFound("The file is no longer kept.");
    }

    /// <summary>Returns null if the signature is valid.</summary>
    internal static ApiError? Refuse(SignedUrls urls, string kind, Guid orgId, string key, HttpRequest request) =>
        urls.Verify(kind, orgId, key, request.Query[SignedUrls.ExpiresParameter], request.Query[SignedUrls.SignatureParameter]) switch
        {
            UrlVerification.Valid => null,
            UrlVerification.Expired => new ApiError(ErrorCode.UrlExpired, "The URL has expired; read the record again for a fresh one."),
            _ => new ApiError(ErrorCode.UrlInvalid, "The URL's signature is not ours; use the URL exactly as it was given."),
        };

    private static DateTimeOffset Expires(HttpRequest request) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Query[SignedUrls.ExpiresParameter]!, NumberStyles.None, CultureInfo.InvariantCulture));
}
