using Kinema.Core.Lists;

namespace Kinema.Core.Assets;

/// <summary>A file from a caller, uploaded or inline. The organisation's content store holds its content under its digest.</summary>
public sealed record Asset
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }
    public required string Name { get; init; }

    /// <summary>Declared type, <see cref="AssetTypes.Unknown"/> until the content decides.</summary>
    public required string MimeType { get; init; }

    /// <summary>The folder that the caller named at confirmation; Kinema only keeps it.</summary>
    public Guid? FolderId { get; init; }

    /// <summary>Declared size, then received size, bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>SHA-256 of the content, null until uploaded.</summary>
    public string? Digest { get; init; }

    /// <summary><c>upload</c> or <c>inline</c>.</summary>
    public required string SourceType { get; init; }

    public Guid? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until the upload is confirmed; only a confirmed asset can be an input.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
}

public interface IAssets
{
    Task CreateAsync(Asset asset, CancellationToken ct);
    Task<Asset?> FindAsync(Guid orgId, Guid id, CancellationToken ct);

    /// <summary>Stores what was received. Returns false if no such asset waits for content.</summary>
    Task<bool> SetContentAsync(Guid orgId, Guid id, AssetContent content, CancellationToken ct);

    /// <summary>Repeating it changes nothing. Returns null if there is no such asset or no content.</summary>
    Task<Asset?> ConfirmAsync(Guid orgId, Guid id, Guid? folderId, CancellationToken ct);

    /// <summary>Lists confirmed assets; see <see cref="AssetFields"/>.</summary>
    Task<AssetPage> ListAsync(Guid orgId, ListQuery query, CancellationToken ct);

    /// <summary>Deletes an asset or an upload, unless an unfinished run uses it; the sweeper removes a content that nothing else names.</summary>
    Task<AssetDeletion> DeleteAsync(Guid orgId, Guid id, CancellationToken ct);
}

/// <summary>Content received for an upload.</summary>
public sealed record AssetContent(string Digest, long SizeBytes, string MimeType);

/// <param name="IsDeleted">False if there is no such asset or a run uses it.</param>
/// <param name="UsedBy">An unfinished run that uses it.</param>
public sealed record AssetDeletion(bool IsDeleted, Guid? UsedBy);
