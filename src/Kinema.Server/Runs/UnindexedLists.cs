using System.Threading.RateLimiting;
using Kinema.Server.Errors;

namespace Kinema.Server.Runs;

/// <summary>Bounds how many lists that no index serves run at once for an organisation; a few more wait.</summary>
internal sealed class UnindexedLists : IDisposable
{
    private const int AtOnce = 2;
    private const int Waiting = 8;

    private readonly PartitionedRateLimiter<Guid> _slots = PartitionedRateLimiter.Create<Guid, Guid>(orgId => RateLimitPartition.GetConcurrencyLimiter(
        orgId, _ => new() { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));

    /// <summary>Takes a slot; dispose it after the list was read. It is not acquired if too many wait already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(Guid orgId, CancellationToken ct) => _slots.AcquireAsync(orgId, 1, ct);

    /// <summary>The refusal of a caller that got no slot.</summary>
    /// <param name="what">What takes the slots.</param>
    /// <param name="advice">How the caller can do without one.</param>
    public static ApiError Full(string what, string advice = "") =>
        ApiErrors.RateLimited($"The organisation runs {AtOnce} {what} that no index serves, and more wait{advice}.", TimeSpan.FromSeconds(1));

    public void Dispose() => _slots.Dispose();
}
