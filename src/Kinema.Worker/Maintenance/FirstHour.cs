using Kinema.Core.Storage;

namespace Kinema.Worker.Maintenance;

/// <summary>
/// For the first hour of the server, files of a time that the store does not cover are left alone: a database restored or created beside them does
/// not name them, and its operator needs time to notice.
/// </summary>
internal sealed class FirstHour(IStoreLifetime store, TimeProvider timeProvider)
{
    private static readonly TimeSpan _length = TimeSpan.FromHours(1);

    private readonly long _began = timeProvider.GetTimestamp();
    private StoreLifetime? _lifetime;

    /// <returns>Null once the hour is over.</returns>
    public async Task<StoreLifetime?> ReadLimitAsync(CancellationToken ct) =>
        timeProvider.GetElapsedTime(_began) >= _length ? null : _lifetime ??= await store.ReadAsync(ct);
}
