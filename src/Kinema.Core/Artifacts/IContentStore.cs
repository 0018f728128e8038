namespace Kinema.Core.Artifacts;

/// <summary>Input media, content-addressed within an organisation.</summary>
public interface IContentStore
{
    /// <summary>Stores what the stream holds, durable when this returns.</summary>
    /// <returns>Digest and length, or null when it is longer than <paramref name="maxBytes"/> (nothing is kept).</returns>
    Task<StoredContent?> PutAsync(Guid orgId, Stream content, long maxBytes, CancellationToken ct);

    /// <summary>The content's path, or null when there is none.</summary>
    string? Find(Guid orgId, string digest);

    Task<int> SweepAsync(IReadOnlySet<(Guid OrgId, string Digest)> live, TimeSpan minimumAge, CancellationToken ct);
}

public sealed record StoredContent(string Digest, long SizeBytes, string Path);
