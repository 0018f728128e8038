using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Core.Safety;
using Kinema.Engines;

namespace Kinema.Server.Admission;

/// <summary>Judges media that are already here. What has to be fetched is checked before the engine starts, and so is a file that cannot be decoded here.</summary>
internal sealed class SafetyAdmissionCheck(ISafetyChecker safety, IAssets assets, IContentStore contents, IArtifactStore artifacts, ISignedUrls links) : ISafetyAdmission
{
    public async Task<CreateRunResult?> RefuseAsync(Guid orgId, CheckedMedia admitted, CancellationToken ct)
    {
        if (!safety.Covers(admitted.Input))
            return null;

        if (await safety.JudgePromptAsync(new(null, "the prompt"), admitted.Input, ct) is { IsRefused: true } ofPrompt)
            return Refuse(ofPrompt, admitted.Input.Model.Inputs.First(field => field.Meaning == FieldMeaning.Prompt).Name);

        foreach (var field in admitted.Input.MediaFields.Where(field => field.Role != MediaRole.Audio))
        {
            if (await JudgeAsync(orgId, field, admitted, ct) is { IsRefused: true } verdict)
                return Refuse(verdict, field.Field.Name);
        }

        return null;
    }

    private static CreateRunResult Refuse(SafetyVerdict verdict, string field) => verdict.IsBroken
        ? new CreateRunResult.Unavailable("The safety checker of this server does not work, and nothing passes without it; try again later.")
        : new CreateRunResult.ContentRejected(FieldError.Input(field, $"input.{field} was refused by the safety checker", FieldErrorTypes.ContentRejected));

    private async Task<SafetyVerdict?> JudgeAsync(Guid orgId, MediaField field, CheckedMedia admitted, CancellationToken ct)
    {
        var subject = new SafetySubject(null, $"input.{field.Field.Name}");
        try
        {
            if (admitted.Inline.TryGetValue(field.Field, out var inline))
                return await safety.JudgeInputAsync(subject, inline.Content, inline.ContentType, ct);

            return await FindAsync(orgId, field, ct) is { } medium ? await safety.JudgeInputAsync(subject, medium, ct) : null;
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private async Task<MediaInput?> FindAsync(Guid orgId, MediaField field, CancellationToken ct)
    {
        if (AssetReference.TryParse(field.Url, out var id))
            return await FindAssetAsync(orgId, id, ct);

        return Uri.TryCreate(field.Url, UriKind.Absolute, out var url) ? links.Resolve(url) switch
        {
            SignedTarget.Asset asset when asset.OrgId == orgId => await FindAssetAsync(orgId, asset.AssetId, ct),
            SignedTarget.Artifact artifact when artifact.OrgId == orgId && artifacts.Find(artifact.Key) is { } path => await FromFileAsync(path, path, ct),
            _ => null,
        }
        : null;
    }

    private async Task<MediaInput?> FindAssetAsync(Guid orgId, Guid id, CancellationToken ct) =>
        await assets.FindAsync(orgId, id, ct) is { Digest: { } digest } && contents.Find(orgId, digest) is { } path ? await FromFileAsync(path, digest, ct) : null;

    /// <summary>The type is that of the content; what was said of it does not count.</summary>
    private static async Task<MediaInput> FromFileAsync(string path, string digest, CancellationToken ct)
    {
        var head = new byte[Media.ContentTypes.BytesNeeded];
        await using var file = File.OpenRead(path);
        var count = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        return new() { Path = path, Digest = digest, ContentType = Media.ContentTypes.SniffMovie(head.AsSpan(0, count)), SizeBytes = file.Length };
    }
}
