using Kinema.Core.Assets;
using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>Checks all media of an input and replaces inline data by asset references.</summary>
public sealed class MediaAdmissions(IMediaAdmission media)
{
    public async Task<AdmittedMedia> CheckAsync(Guid orgId, Guid? createdBy, ValidatedInput input, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var assets = new List<Asset>();
        var notes = new List<string>();
        var values = new Dictionary<string, object>(input.Values);
        foreach (var medium in input.MediaFields)
        {
            var admission = await media.CheckAsync(orgId, createdBy, medium, ct);
            notes.AddRange(admission.Notes);
            if (admission.Refusal is { } refusal)
                errors.Add(refusal);
            if (admission.InlineAsset is not { } asset)
                continue;

            assets.Add(asset);
            values[medium.Field.Name] = AssetReference.For(asset.Id);
        }

        return new(input with { Values = values }, assets, notes, errors);
    }
}

/// <param name="Input">Input with asset references instead of inline data.</param>
/// <param name="Assets">Assets to store with the run.</param>
/// <param name="Notes">Messages for the run's log.</param>
/// <param name="Errors">Errors; empty if all media are accepted.</param>
public sealed record AdmittedMedia(ValidatedInput Input, IReadOnlyList<Asset> Assets, IReadOnlyList<string> Notes, IReadOnlyList<FieldError> Errors);
