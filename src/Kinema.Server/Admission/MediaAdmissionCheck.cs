using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Outbound;

namespace Kinema.Server.Admission;

/// <summary>Checks a medium without downloading it: inline data by header, references by existence, URLs by text.</summary>
internal sealed class MediaAdmissionCheck(
    IOutboundUrls addresses,
    IImageInspector images,
    IVideoInspector videos,
    IAudioInspector audios,
    IContentStore contents,
    IAssets assets,
    IArtifactStore artifacts,
    ISignedUrls links)
    : IMediaAdmission
{
    public Task<MediaAdmission> CheckAsync(Guid orgId, MediaField medium, CancellationToken ct)
    {
        if (medium.Inline is { } inline)
            return Task.FromResult(CheckInline(medium, inline));

        return AssetReference.IsAssetReference(medium.Url)
            ? CheckAssetAsync(orgId, AssetReference.TryParse(medium.Url, out var id) ? id : Guid.Empty, medium, ct)
            : CheckAddressAsync(orgId, medium, ct);
    }

    private MediaAdmission CheckInline(MediaField medium, DataUri inline)
    {
        var (type, problem, reason) = InspectHeader(medium, inline);
        return problem is null
            ? new MediaAdmission { Inline = new(type, inline.Decode()) }
            : Refuse(medium, reason!, problem == MediaProblem.TooLarge ? FieldErrorTypes.MediaTooLarge : FieldErrorTypes.MediaInvalid);
    }

    /// <summary>Inspects the header without starting a program. Decoding happens when a worker dispatches the run.</summary>
    private (string Type, MediaProblem? Problem, string? Reason) InspectHeader(MediaField medium, DataUri inline)
    {
        var limits = medium.Field.Media!;
        var content = inline.Decode();
        using var bytes = InlineContents.ToStream(content);
        switch (medium.Role)
        {
            case MediaRole.FirstFrame or MediaRole.LastFrame:
                var image = images.Inspect(content, limits);
                return (image.ContentType, image.Problem, $"cannot be used: {image.Message}");
            case MediaRole.InputVideo:
                var video = videos.InspectHeader(bytes, limits);
                return (video.ContentType, video.Problem, video.Message);
            case MediaRole.Audio:
                var audio = audios.InspectHeader(bytes, limits);
                return (audio.ContentType, audio.Problem, audio.Message);
            default:
                return (inline.MediaType, null, null);
        }
    }

    private async Task<MediaAdmission> CheckAssetAsync(Guid orgId, Guid assetId, MediaField medium, CancellationToken ct) =>
        await assets.FindAsync(orgId, assetId, ct) is { ConfirmedAt: not null, Digest: { } digest } && contents.Find(orgId, digest) is not null
            ? MediaAdmission.Accepted
            : MediaAdmission.Refused(FieldError.Input(
                medium.Field.Name, $"asset not found or expired: {AssetReference.For(assetId)}", FieldErrorTypes.AssetNotFound));

    private async Task<MediaAdmission> CheckAddressAsync(Guid orgId, MediaField medium, CancellationToken ct)
    {
        if (!Uri.TryCreate(medium.Url, UriKind.Absolute, out var url))
            return Refuse(medium, "must be an absolute http or https URL", FieldErrorTypes.InvalidUrl);

        // Signed URLs of this server resolve locally, and only for the organisation they were signed for.
        return links.Resolve(url) switch
        {
            SignedTarget.Asset asset when asset.OrgId == orgId => await CheckAssetAsync(orgId, asset.AssetId, medium, ct),
            SignedTarget.Artifact artifact when artifact.OrgId == orgId && artifacts.Find(artifact.Key) is not null => MediaAdmission.Accepted,
            SignedTarget.None => addresses.RefuseMedia(medium.Url) is { } reason ? Refuse(medium, reason, FieldErrorTypes.Unreachable) : MediaAdmission.Accepted,
            _ => Refuse(medium, "is a link of this server that has expired or was changed", FieldErrorTypes.Unreachable),
        };
    }

    private static MediaAdmission Refuse(MediaField medium, string reason, string type) =>
        MediaAdmission.Refused(FieldError.Input(medium.Field.Name, $"input.{medium.Field.Name} {reason}", type));
}
