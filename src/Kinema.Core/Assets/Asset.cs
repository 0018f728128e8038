namespace Kinema.Core.Assets;

/// <summary>A file from a caller, uploaded or inline. The organisation's content store holds its content under its digest.</summary>
public sealed record Asset
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }
    public required string Name { get; init; }
    public required string MimeType { get; init; }

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

    /// <summary>Stores digest and size of the received content. Returns false if no such asset waits for content.</summary>
    Task<bool> SetContentAsync(Guid orgId, Guid id, string digest, long sizeBytes, CancellationToken ct);

    /// <summary>Returns null if there is no such asset or no content.</summary>
    Task<Asset?> ConfirmAsync(Guid orgId, Guid id, CancellationToken ct);
}
