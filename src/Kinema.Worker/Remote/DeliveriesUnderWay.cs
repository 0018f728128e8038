using System.Collections.Concurrent;
using Kinema.Core.Runs;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Remote;

/// <summary>Attempts whose files are being judged and stored: nothing is appended to them meanwhile, or what was judged would not be what is stored.</summary>
internal sealed class DeliveriesUnderWay
{
    private readonly ConcurrentDictionary<AttemptRef, Lazy<Task<EndReply>>> _deliveries = new();

    public bool Contains(AttemptRef attempt) => _deliveries.ContainsKey(attempt);

    /// <summary>Starts a delivery, or joins the one under way: one that comes again, because its answer was lost, gets the answer of the first.</summary>
    public async Task<EndReply> JoinAsync(AttemptRef attempt, Func<Task<EndReply>> deliver, CancellationToken ct)
    {
        var delivery = _deliveries.GetOrAdd(attempt, _ => new(() => DeliverAsync(attempt, deliver)));
        return await delivery.Value.WaitAsync(ct);
    }

    private async Task<EndReply> DeliverAsync(AttemptRef attempt, Func<Task<EndReply>> deliver)
    {
        // Elsewhere than in the caller's request, which may go away.
        await Task.Yield();
        try
        {
            return await deliver();
        }
        finally
        {
            _deliveries.TryRemove(attempt, out _);
        }
    }
}
