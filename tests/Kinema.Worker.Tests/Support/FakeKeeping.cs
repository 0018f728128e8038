using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Storage;

namespace Kinema.Worker.Tests.Support;

/// <summary>What the sweeper asks beside the stores: an empty trash and a disk with room, until a test says otherwise.</summary>
internal sealed class FakeKeeping : IForgottenMedia, ITrash, IStoreLifetime, IDiskSpaceCheck
{
    public StoreLifetime Lifetime { get; set; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    public TimeSpan? Kept { get; private set; }

    public bool HasFreeSpace { get; set; } = true;

    public int DeleteExpired(TimeSpan keep)
    {
        Kept = keep;
        return 0;
    }

    public Task<StoreLifetime> ReadAsync(CancellationToken ct) => Task.FromResult(Lifetime);

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(new Dictionary<string, DateTimeOffset>());

    public Task<IReadOnlyDictionary<(Guid OrgId, string Digest), DateTimeOffset>> FindAsync(IReadOnlyCollection<(Guid OrgId, string Digest)> contents, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<(Guid OrgId, string Digest), DateTimeOffset>>(new Dictionary<(Guid, string), DateTimeOffset>());
}
