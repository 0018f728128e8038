namespace Kinema.Core.Artifacts;

/// <summary>Removes contents that no record names, before a sweep would.</summary>
public interface IUnnamedContents
{
    /// <summary>Removes the content unless a record names it or someone has stored it again since <paramref name="storedAt"/> (UTC).</summary>
    /// <returns>Whether it was removed.</returns>
    Task<bool> RemoveAsync(Guid orgId, string digest, DateTime storedAt, CancellationToken ct);
}
