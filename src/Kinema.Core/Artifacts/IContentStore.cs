using Kinema.Core.Storage;

namespace Kinema.Core.Artifacts;

/// <summary>Stores input media, content-addressed per organisation.</summary>
public interface IContentStore
{
    /// <summary>
    /// Stores the content of the stream; it is durable when this returns. Its length, or <paramref name="maxBytes"/> where the stream does not know it, is
    /// reserved above the disk floor before the first byte is read.
    /// </summary>
    /// <returns>Digest and length, or null if it is longer than <paramref name="maxBytes"/> (nothing is stored).</returns>
    /// <exception cref="StorageFullException">There is no room (nothing is stored).</exception>
    Task<StoredContent?> PutAsync(Guid orgId, Stream content, long maxBytes, CancellationToken ct);

    /// <summary>The same for a run under way, which may use the space below the floor.</summary>
    /// <exception cref="StorageFullException">There is no room (nothing is stored).</exception>
    Task<StoredContent?> PutForRunAsync(Guid orgId, Stream content, long maxBytes, CancellationToken ct);

    /// <summary>Returns the path of the content, or null if it does not exist.</summary>
    string? Find(Guid orgId, string digest);

    /// <summary>Takes away contents that nothing names, and deletes what was left on its way in.</summary>
    Task<SweepReport> SweepAsync(SweepRules<(Guid OrgId, string Digest)> rules, CancellationToken ct);
}

public sealed record StoredContent(string Digest, long SizeBytes, string Path)
{
    /// <summary>Whether the organisation did not have this content before.</summary>
    public bool IsNew { get; init; }

    /// <summary>Time of the file, UTC; storing the content again renews it.</summary>
    public DateTime StoredAt { get; init; }
}
