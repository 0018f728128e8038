using Kinema.Core.Assets;
using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>Checks a medium without downloading it: inline data, existence of an asset, forbidden literal addresses.</summary>
public interface IMediaAdmission
{
    /// <summary>Stores inline data in the organisation's content store. The asset that references them is stored together with the run.</summary>
    Task<MediaAdmission> CheckAsync(Guid orgId, Guid? createdBy, MediaField medium, CancellationToken ct);
}

/// <summary>Result of checking one medium.</summary>
public sealed record MediaAdmission
{
    /// <summary>The medium is accepted unchanged.</summary>
    public static MediaAdmission Accepted { get; } = new();

    /// <summary>Error that rejects the run, or null.</summary>
    public FieldError? Refusal { get; init; }

    /// <summary>Asset created from inline data; its reference replaces the data in the run.</summary>
    public Asset? InlineAsset { get; init; }

    /// <summary>Messages for the run's log.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public static MediaAdmission Refused(FieldError error) => new() { Refusal = error };
}
