using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Outbound;
using Kinema.Worker.Attempts;

namespace Kinema.Worker.Inputs;

/// <summary>
/// Stores one medium in the organisation's content store. Assets and signed URLs of this server resolve locally, without a connection; other
/// URLs go through the outbound guard.
/// </summary>
internal sealed class FetchMedia(IAssets assets, IContentStore contents, IArtifactStore artifacts, ISignedUrls links, IMediaFetcher fetcher)
{
    public async Task<FetchedMedia> HandleAsync(Guid orgId, MediaField field, string scratch, PhaseLimit limit, CancellationToken ct)
    {
        if (AssetReference.IsAssetReference(field.Url))
            return AssetReference.TryParse(field.Url, out var id) ? await FromAssetAsync(orgId, id, field, ct) : NoAsset(field);

        if (!Uri.TryCreate(field.Url, UriKind.Absolute, out var url))
            return FetchedMedia.Missing(InputFailure.Unreachable(field));

        return links.Resolve(url) switch
        {
            SignedTarget.None => await FromOutsideAsync(orgId, field, scratch, limit, ct),
            SignedTarget.Asset asset when asset.OrgId == orgId => await FromAssetAsync(orgId, asset.AssetId, field, ct),
            SignedTarget.Artifact artifact when artifact.OrgId == orgId => await FromArtifactAsync(orgId, artifact.Key, field, ct),
            _ => FetchedMedia.Missing(InputFailure.BadLink(field)),
        };
    }

    private async Task<FetchedMedia> FromAssetAsync(Guid orgId, Guid assetId, MediaField field, CancellationToken ct)
    {
        if (await assets.FindAsync(orgId, assetId, ct) is not { ConfirmedAt: not null, Digest: { } digest } asset || contents.Find(orgId, digest) is not { } path)
            return NoAsset(field);

        return asset.SizeBytes > Limit(field)
            ? FetchedMedia.Missing(InputFailure.TooLong(field, Limit(field)))
            : FetchedMedia.Got(path, digest, asset.SizeBytes, asset.SourceType == "inline" ? null : field.Url);
    }

    private async Task<FetchedMedia> FromArtifactAsync(Guid orgId, string key, MediaField field, CancellationToken ct)
    {
        if (artifacts.Find(key) is not { } path)
            return FetchedMedia.Missing(InputFailure.BadLink(field));

        await using var file = File.OpenRead(path);
        return await KeepAsync(orgId, file, field, ct);
    }

    private async Task<FetchedMedia> FromOutsideAsync(Guid orgId, MediaField field, string scratch, PhaseLimit limit, CancellationToken ct)
    {
        await using var file = new FileStream(
            Path.Combine(scratch, field.Field.Name + ".part"),
            new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose });

        var result = await fetcher.FetchAsync(new(field.Url, Limit(field), limit.Left), file, ct);
        switch (result.Outcome)
        {
            case FetchOutcome.Fetched:
                file.Position = 0;
                return await KeepAsync(orgId, file, field, ct);
            case FetchOutcome.TooLarge:
                return FetchedMedia.Missing(InputFailure.TooLong(field, Limit(field), result.Reason));
            default:
                return FetchedMedia.Missing(InputFailure.Unreachable(field, result.Reason));
        }
    }

    private async Task<FetchedMedia> KeepAsync(Guid orgId, Stream content, MediaField field, CancellationToken ct) =>
        await contents.PutForRunAsync(orgId, content, Limit(field), ct) is { } stored
            ? FetchedMedia.Got(stored.Path, stored.Digest, stored.SizeBytes, field.Url)
            : FetchedMedia.Missing(InputFailure.TooLong(field, Limit(field)));

    private static FetchedMedia NoAsset(MediaField field) => FetchedMedia.Missing(InputFailure.NoAsset(field));

    private static long Limit(MediaField field) => field.Field.Media!.MaxBytes;
}
