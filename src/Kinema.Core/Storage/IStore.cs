namespace Kinema.Core.Storage;

/// <summary>The store. It must be opened once before any other use.</summary>
public interface IStore
{
    /// <summary>Id of this process; leases refer to it.</summary>
    Guid InstanceId { get; }

    /// <summary>
    /// Creates or migrates the store. As <see cref="StoreRole.Server"/> it also takes the store's lock, which proves that earlier instances are dead, and
    /// releases their leases at once.
    /// </summary>
    /// <exception cref="StoreInUseException">Another server uses the store.</exception>
    /// <exception cref="StoreDamagedException">Files of the store are lost; nothing was changed.</exception>
    Task OpenAsync(StoreRole role, CancellationToken ct);

    /// <summary>Returns the problem of the store, or null if it works; for readiness.</summary>
    Task<string?> CheckAsync(CancellationToken ct);
}

public enum StoreRole
{
    /// <summary>The only server process.</summary>
    Server,

    /// <summary>A command that reads or edits while a server may be running.</summary>
    Tool,
}

public sealed class StoreInUseException(string message) : Exception(message);

/// <summary>Files of the store are lost. The message says which, and what to do.</summary>
public sealed class StoreDamagedException(string message) : IOException(message);

/// <summary>Keys for signing and for encryption at rest, derived from the store's own master key.</summary>
public interface ISigningKeys
{
    /// <returns>32 bytes, the same for the same purpose in every process that shares the store.</returns>
    byte[] Derive(string purpose);
}
