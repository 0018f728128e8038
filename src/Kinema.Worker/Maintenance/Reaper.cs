using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Kinema.Worker.Attempts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Maintenance;

/// <summary>
/// Periodically releases runs of lost workers and ends overdue runs. After a time in which this process stood still, its own attempts and those of remote workers get
/// new leases first: they go on where they were, and nobody else could have taken them.
/// </summary>
internal sealed partial class Reaper(
    IRunMaintenance maintenance,
    LiveAttempts attempts,
    Heartbeat heartbeat,
    IWorkSignal workSignal,
    RunMetrics metrics,
    IOptions<WorkerOptions> options,
    IOptions<RunPolicy> policy,
    TimeProvider timeProvider,
    ILogger<Reaper> log) : BackgroundService
{
    private bool _mustExtend;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = TimeSpan.FromSeconds(options.Value.ReapSeconds);
        var gap = new TickGap(TimeSpan.FromSeconds(policy.Value.LeaseSeconds / 2.0), timeProvider);
        using var timer = new PeriodicTimer(interval, timeProvider);
        do
        {
            if (gap.Tick(interval) is { } stoodStill)
            {
                _mustExtend = true;
                LogStoodStill(stoodStill.TotalSeconds, attempts.All.Count);
            }

            await ReapAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReapAsync(CancellationToken ct)
    {
        try
        {
            // Reaping waits until every lease of this process is renewed.
            if (_mustExtend && !await ExtendAsync(ct))
                return;

            _mustExtend = false;
            var reaped = await maintenance.ReapExpiredLeasesAsync(ct);
            var expired = await maintenance.ExpireOverdueAsync(ct);
            if (reaped + expired == 0)
                return;

            LogReaped(reaped, expired);
            metrics.Lost(reaped + expired);
            workSignal.Notify(SignalTopic.Queue);
            workSignal.Notify(SignalTopic.History);
            workSignal.Notify(SignalTopic.Callbacks);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    private async Task<bool> ExtendAsync(CancellationToken ct)
    {
        var all = true;
        foreach (var attempt in attempts.All)
            all &= await heartbeat.BeatAsync(attempt, ct);
        await maintenance.RenewRemoteLeasesAsync(ct);
        return all;
    }
}
