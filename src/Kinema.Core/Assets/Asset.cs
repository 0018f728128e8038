namespace Kinema.Core.Assets;

/// <summary>A file a caller gave us, by upload or inline. Its content lies in the organisation's content store under its digest.</summary>
public sealed record Asset
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }
    public required string Name { get; init; }
    public required string MimeType { get; init; }

    /// <summary>As announced, then as received.</summary>
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

    /// <summary>Notes what was received. False when there is no such asset waiting for content.</summary>
    Task<bool> SetContentAsync(Guid orgId, Guid id, string digest, long sizeBytes, CancellationToken ct);

    /// <summary>Null when there is none, or nothing was uploaded.</summary>
    Task<Asset?> ConfirmAsync(Guid orgId, Guid id, CancellationToken ct);
}
