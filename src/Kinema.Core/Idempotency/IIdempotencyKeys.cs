namespace Kinema.Core.Idempotency;

/// <summary>Keys of repeated requests with the stored answers. The answer to a run's create is stored by <see cref="Runs.IRunLedger.AdmitAsync"/>.</summary>
public interface IIdempotencyKeys
{
    /// <summary>Returns the answer to an earlier request with this key; null if there was none or its time is over.</summary>
    Task<StoredAnswer?> FindAsync(IdempotencyScope scope, CancellationToken ct);

    /// <summary>Stores an answer.</summary>
    /// <exception cref="IdempotencyKeyTakenException">The key is taken.</exception>
    Task AddAsync(StoredAnswer answer, CancellationToken ct);

    /// <summary>Removes expired keys, at most this many.</summary>
    /// <returns>How many it removed.</returns>
    Task<int> RemoveExpiredAsync(int limit, CancellationToken ct);
}

/// <summary>Another request has taken the key in the meantime; nothing was stored.</summary>
public sealed class IdempotencyKeyTakenException(string route) : InvalidOperationException($"The Idempotency-Key of a request to {route} is taken.");
