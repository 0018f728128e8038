using Kinema.Core.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Attempts;

/// <summary>
/// Extends the lease of one attempt and checks for cancellation. It runs once a second, because cancellation must take effect within two seconds and
/// one small write per second is cheaper than a separate check.
/// </summary>
internal sealed partial class Heartbeat(IWorkerLedger ledger, IOptions<RunPolicy> policy, TimeProvider timeProvider, ILogger<Heartbeat> log)
{
    private static readonly TimeSpan _heartbeatInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs until <paramref name="ended"/> is cancelled or the attempt must stop.</summary>
    public async Task RunAsync(LiveAttempt attempt, CancellationToken ended)
    {
        var lease = TimeSpan.FromSeconds(policy.Value.LeaseSeconds);
        var lastSuccess = timeProvider.GetTimestamp();
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(_heartbeatInterval, timeProvider, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;

            var asked = timeProvider.GetTimestamp();
            if (await AskAsync(attempt, ended) is { } reply)
            {
                lastSuccess = asked;
                if (!reply.FenceIsCurrent)
                    attempt.Stop(AttemptStop.FenceLost);
                else if (reply.CancelRequested)
                    attempt.Stop(AttemptStop.Canceled);
            }
            else if (timeProvider.GetElapsedTime(lastSuccess) >= lease)
            {
                attempt.Stop(AttemptStop.FenceLost);
            }
        }
    }

    /// <returns>Null if the store failed.</returns>
    private async Task<HeartbeatReply?> AskAsync(LiveAttempt attempt, CancellationToken ct)
    {
        try
        {
            return await ledger.HeartbeatAsync(attempt.Ref, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            LogHeartbeatFailed(attempt.Ref.RunId, e);
            return null;
        }
    }
}
