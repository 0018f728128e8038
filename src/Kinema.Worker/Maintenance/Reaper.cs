using Kinema.Core.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Maintenance;

/// <summary>Periodically releases runs of lost workers and ends overdue runs.</summary>
internal sealed partial class Reaper(
    IRunMaintenance maintenance, IWorkSignal workSignal, IOptions<WorkerOptions> options, TimeProvider timeProvider, ILogger<Reaper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReapSeconds), timeProvider);
        do
        {
            await ReapAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReapAsync(CancellationToken ct)
    {
        try
        {
            var reaped = await maintenance.ReapExpiredLeasesAsync(ct);
            var expired = await maintenance.ExpireOverdueAsync(ct);
            if (reaped + expired == 0)
                return;

            LogReaped(reaped, expired);
            workSignal.Notify(SignalTopic.Queue);
            workSignal.Notify(SignalTopic.History);
            workSignal.Notify(SignalTopic.Callbacks);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(4300, LogLevel.Warning, "{Reaped} expired leases were released; {Expired} overdue runs were ended")]
    private partial void LogReaped(int reaped, int expired);

    [LoggerMessage(4301, LogLevel.Error, "Reaping expired leases failed")]
    private partial void LogFailed(Exception exception);
}
