using Kinema.Core.Assets;
using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>Checks all media of an input, then stores inline data and replaces them by asset references.</summary>
public sealed class MediaAdmissions(IMediaAdmission media, IInlineContents contents, TimeProvider timeProvider)
{
    /// <summary>Checks all media and stores nothing, so that a refused input leaves nothing behind.</summary>
    public async Task<CheckedMedia> CheckAsync(Guid orgId, ValidatedInput input, CancellationToken ct)
    {
        var inline = new Dictionary<FieldManifest, InlineMedia>();
        var notes = new List<string>();
        var errors = new List<FieldError>();
        foreach (var medium in input.MediaFields)
        {
            var admission = await media.CheckAsync(orgId, medium, ct);
            notes.AddRange(admission.Notes);
            if (admission.Refusal is { } refusal)
                errors.Add(refusal);
            if (admission.Inline is { } content)
                inline.Add(medium.Field, content);
        }

        return new(input, inline, notes, errors);
    }

    /// <summary>Stores inline data. <see cref="ReleaseAsync"/> must follow when the run is stored or refused.</summary>
    public async Task<StoredMedia> StoreAsync(Guid orgId, Guid? createdBy, CheckedMedia admitted, CancellationToken ct)
    {
        var assets = new List<Asset>();
        var values = new Dictionary<string, object>(admitted.Input.Values);
        try
        {
            foreach (var (field, inline) in admitted.Inline)
            {
                var asset = await StoreAsync(orgId, createdBy, field, inline, ct);
                assets.Add(asset);
                values[field.Name] = AssetReference.For(asset.Id);
            }
        }
        catch
        {
            await ReleaseAsync(orgId, new(admitted.Input, assets, []), isRefused: true);
            throw;
        }

        return new(admitted.Input with { Values = values }, assets, [.. admitted.Inline.Keys.Select(f => f.Name)]);
    }

    public async Task ReleaseAsync(Guid orgId, StoredMedia stored, bool isRefused)
    {
        foreach (var asset in stored.Assets)
            await contents.ReleaseAsync(orgId, asset.Digest!, isRefused);
    }

    private async Task<Asset> StoreAsync(Guid orgId, Guid? createdBy, FieldManifest field, InlineMedia inline, CancellationToken ct)
    {
        var stored = await contents.PutAsync(orgId, inline.Content, ct);
        var now = timeProvider.GetUtcNow();
        return new Asset
        {
            Id = Guid.CreateVersion7(now),
            OrgId = orgId,
            Name = $"{field.Name}.{inline.ContentType[(inline.ContentType.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
            MimeType = inline.ContentType,
            SizeBytes = stored.SizeBytes,
            Digest = stored.Digest,
            SourceType = "inline",
            CreatedBy = createdBy,
            CreatedAt = now,
            ConfirmedAt = now,
        };
    }
}

/// <param name="Input">Input as validated.</param>
/// <param name="Inline">Inline data by field.</param>
/// <param name="Notes">Messages for the run's log.</param>
/// <param name="Errors">Errors; empty if all media are accepted.</param>
public sealed record CheckedMedia(
    ValidatedInput Input, IReadOnlyDictionary<FieldManifest, InlineMedia> Inline, IReadOnlyList<string> Notes, IReadOnlyList<FieldError> Errors);

/// <param name="Input">Input with asset references instead of inline data.</param>
/// <param name="Assets">Assets to store with the run.</param>
/// <param name="Replaced">Names of the fields whose inline data became assets.</param>
public sealed record StoredMedia(ValidatedInput Input, IReadOnlyList<Asset> Assets, IReadOnlyList<string> Replaced);
