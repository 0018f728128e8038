namespace Kinema.Core.Keys;

/// <summary>Keys of workers outside the server's process.</summary>
public interface IWorkerKeys
{
    /// <summary>Creates a key; only this call returns its token.</summary>
    /// <exception cref="ArgumentException"><see cref="NewWorkerKey.FindProblem"/> finds one.</exception>
    Task<(WorkerKey Key, string Token)> CreateAsync(NewWorkerKey key, CancellationToken ct);

    /// <summary>Returns the valid key of this token, compared in constant time; null if unknown, revoked or expired.</summary>
    Task<WorkerKey?> AuthenticateAsync(string token, CancellationToken ct);

    /// <summary>Returns all keys, the newest first, ended ones too.</summary>
    Task<IReadOnlyList<WorkerKey>> ListAsync(CancellationToken ct);

    /// <summary>
    /// Ends a key at once: the next call with it is refused. Its workers' attempts are not taken away; nobody renews their leases, so these run out.
    /// </summary>
    /// <returns>False if there is no live key of this id.</returns>
    Task<bool> RevokeAsync(Guid keyId, CancellationToken ct);
}
