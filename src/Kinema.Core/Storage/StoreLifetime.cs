namespace Kinema.Core.Storage;

/// <summary>The time that the store's records cover. Files of another time hint at a database that was restored or created beside them.</summary>
/// <param name="Created">When the store got its first schema.</param>
/// <param name="LastRecorded">The newest money line before this server started; <paramref name="Created"/> if there is none.</param>
public sealed record StoreLifetime(DateTimeOffset Created, DateTimeOffset LastRecorded)
{
    public bool Covers(DateTimeOffset time) => time >= Created && time <= LastRecorded;
}

public interface IStoreLifetime
{
    Task<StoreLifetime> ReadAsync(CancellationToken ct);
}
