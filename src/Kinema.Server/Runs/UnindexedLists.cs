using System.Threading.RateLimiting;

namespace Kinema.Server.Runs;

/// <summary>Bounds how many lists that no index serves run at once for an organisation; a few more wait.</summary>
internal sealed class UnindexedLists : IDisposable
{
    public const int AtOnce = 2;
    private const int Waiting = 8;

    private readonly PartitionedRateLimiter<Guid> _slots = PartitionedRateLimiter.Create<Guid, Guid>(orgId => RateLimitPartition.GetConcurrencyLimiter(
        orgId, _ => new() { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));

    /// <summary>Takes a slot; dispose it after the list was read. It is not acquired if too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(Guid orgId, CancellationToken ct) => _slots.AcquireAsync(orgId, 1, ct);

    public void Dispose() => _slots.Dispose();
}
