namespace Kinema.Core.Storage;

/// <summary>Reads how much an organisation stores.</summary>
public interface IStorageUsage
{
    /// <summary>Bytes of the organisation's inputs, assets and finished files; a content that several records name counts once.</summary>
    Task<long> ReadAsync(Guid orgId, CancellationToken ct);
}
