using Kinema.Core.Assets;
using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>The checks of a medium that need no download: decoding and header of inline data, existence of an asset, a literally forbidden address.</summary>
public interface IMediaAdmission
{
    /// <summary>Inline data are put into the organisation's content store; the asset that names them is stored with the run or not at all.</summary>
    Task<MediaAdmission> CheckAsync(Guid orgId, Guid? createdBy, MediaField medium, CancellationToken ct);
}

/// <summary>What became of one medium.</summary>
public sealed record MediaAdmission
{
    /// <summary>Nothing to say against it, nothing to replace.</summary>
    public static MediaAdmission Accepted { get; } = new();

    /// <summary>Why the run is refused, or null.</summary>
    public FieldError? Refusal { get; init; }

    /// <summary>The asset made from inline data; its reference replaces them in the run.</summary>
    public Asset? InlineAsset { get; init; }

    /// <summary>Lines for the run's log, for example that transparency will be flattened.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public static MediaAdmission Refused(FieldError error) => new() { Refusal = error };
}
