using Kinema.Core.Assets;
using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>Checks every medium of an input and puts asset references in the place of inline data.</summary>
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

/// <param name="Input">With asset references in the place of inline data.</param>
/// <param name="Assets">To be stored with the run.</param>
/// <param name="Notes">For the run's log.</param>
/// <param name="Errors">Empty when every medium was accepted.</param>
public sealed record AdmittedMedia(ValidatedInput Input, IReadOnlyList<Asset> Assets, IReadOnlyList<string> Notes, IReadOnlyList<FieldError> Errors);
