namespace Kinema.Core.Admission;

/// <summary>Checks what an organisation may still store. A run that was accepted stores its result in any case.</summary>
public interface IStorageQuota
{
    /// <summary>Returns null if the organisation may store this many more bytes, at least one.</summary>
    Task<QuotaExceeded?> CheckAsync(Guid orgId, long bytes, CancellationToken ct);
}

/// <param name="Used">Bytes that the organisation stores.</param>
/// <param name="Allowed">Bytes that it may store.</param>
public sealed record QuotaExceeded(long Used, long Allowed);
