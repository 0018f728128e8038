using Kinema.Core.Artifacts;

namespace Kinema.Core.Admission;

/// <summary>Stores inline media of creates that are under way, and removes again what a refused one stored.</summary>
public interface IInlineContents
{
    /// <summary>Stores the content; it is durable when this returns. Every call needs one <see cref="ReleaseAsync"/>.</summary>
    Task<StoredContent> PutAsync(Guid orgId, ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Ends a create's use of a content.</summary>
    /// <param name="orgId">The owner.</param>
    /// <param name="digest">Digest of the content.</param>
    /// <param name="isRefused">True removes the content unless a record or another create uses it.</param>
    Task ReleaseAsync(Guid orgId, string digest, bool isRefused);
}
