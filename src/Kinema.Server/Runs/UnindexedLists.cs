using System.Threading.RateLimiting;
using Kinema.Core.Lists;
using Kinema.Server.Errors;

namespace Kinema.Server.Runs;

/// <summary>Two lists run at once for an organisation; a few more wait.</summary>
internal sealed class UnindexedLists : IUnindexedLists, IDisposable
{
    private const int AtOnce = 2;
    private const int Waiting = 8;

    private readonly PartitionedRateLimiter<Guid> _slots = PartitionedRateLimiter.Create<Guid, Guid>(orgId => RateLimitPartition.GetConcurrencyLimiter(
        orgId, _ => new() { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));

    public async ValueTask<IDisposable?> EnterAsync(Guid orgId, CancellationToken ct)
    {
        var slot = await _slots.AcquireAsync(orgId, 1, ct);
        if (slot.IsAcquired)
            return slot;

        slot.Dispose();
        return null;
    }

    /// <summary>The refusal of a caller that got no slot.</summary>
    /// <param name="what">What takes the slots.</param>
    /// <param name="advice">How the caller can do without one.</param>
    public static ApiError Full(string what, string advice = "") =>
        ApiErrors.RateLimited($"The organisation runs {AtOnce} {what} that no index serves, and more wait{advice}.", TimeSpan.FromSeconds(1));

    public void Dispose() => _slots.Dispose();
}
