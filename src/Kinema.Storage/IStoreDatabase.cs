namespace Kinema.Storage;

/// <summary>Runs the store's use cases, one transaction each.</summary>
internal interface IStoreDatabase
{
    /// <summary>Runs the work in a transaction that no other write runs beside. The work may run twice, with the first run undone.</summary>
    /// <exception cref="Core.Storage.StorageFullException">The disk is full or read-only.</exception>
    Task<T> WriteAsync<T>(Func<IStoreConnection, T> work, CancellationToken ct);

    /// <summary>Runs the work on one snapshot.</summary>
    Task<T> ReadAsync<T>(Func<IStoreConnection, T> work, CancellationToken ct);

    /// <summary>Runs the work while no transaction writes; blocks until it has its turn.</summary>
    void RunBetweenWrites(Action<IStoreConnection> work);
}
