namespace Kinema.Core.Storage;

/// <summary>The store as a whole: opened once, before anything else of it is used.</summary>
public interface IStore
{
    /// <summary>This process; leases carry it.</summary>
    Guid InstanceId { get; }

    /// <summary>
    /// Creates or migrates the store. As <see cref="StoreRole.Server"/> it also takes the store's lock, which proves any predecessor dead, and
    /// takes back at once what the predecessor held.
    /// </summary>
    /// <exception cref="StoreInUseException">Another server holds the store.</exception>
    /// <exception cref="StoreDamagedException">Files of the store are lost; nothing was changed.</exception>
    Task OpenAsync(StoreRole role, CancellationToken ct);

    /// <summary>Null when the store answers, else what is wrong with it: for readiness.</summary>
    Task<string?> CheckAsync(CancellationToken ct);
}

public enum StoreRole
{
    /// <summary>The one process that serves and works.</summary>
    Server,

    /// <summary>A command that reads or edits beside a running server.</summary>
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
