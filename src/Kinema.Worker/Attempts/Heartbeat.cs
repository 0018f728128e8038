using Kinema.Worker.Assignments;
using Kinema.Worker.Maintenance;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Attempts;

/// <summary>
/// Extends the lease of one attempt and checks for cancellation. It runs once a second, because cancellation must take effect within two seconds and
/// one small write per second is cheaper than a separate check.
/// </summary>
internal sealed partial class Heartbeat(IWorkSource source, TimeProvider timeProvider, ILogger<Heartbeat> log)
{
    private static readonly TimeSpan _heartbeatInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs until <paramref name="ended"/> is cancelled or the attempt must stop.</summary>
    public async Task RunAsync(LiveAttempt attempt, CancellationToken ended)
    {
        var lease = source.Lease;
        var gap = new TickGap(lease / 2, timeProvider);
        var lastSuccess = timeProvider.GetTimestamp();
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(_heartbeatInterval, timeProvider, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;

            if (attempt.IsOverdue)
                attempt.Stop(AttemptStop.Overdue);

            // While this process stood still, nothing was asked that could have failed.
            var asked = timeProvider.GetTimestamp();
            if (gap.Tick(_heartbeatInterval) is not null)
                lastSuccess = asked;

            if (await BeatAsync(attempt, ended))
                lastSuccess = asked;
            else if (timeProvider.GetElapsedTime(lastSuccess) >= lease)
                attempt.Stop(AttemptStop.FenceLost);
        }
    }

    /// <summary>Extends the lease once, and stops the attempt if the store says so.</summary>
    /// <returns>False if the store failed.</returns>
    public async Task<bool> BeatAsync(LiveAttempt attempt, CancellationToken ct)
    {
        try
        {
            var reply = await source.HeartbeatAsync(attempt.Ref, ct);
            attempt.SetTimeLeft(reply.Left);
            if (!reply.FenceIsCurrent)
                attempt.Stop(AttemptStop.FenceLost);
            else if (reply.CancelRequested)
                attempt.Stop(AttemptStop.Canceled);
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            LogHeartbeatFailed(attempt.Ref.RunId, e);
            return false;
        }
    }
}
