using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Maintenance;

/// <summary>Deletes media after their retention time and removes unreferenced files.</summary>
internal sealed partial class Sweeper(
    IRunMaintenance maintenance,
    IArtifactStore artifacts,
    IContentStore contents,
    IOptions<RetentionOptions> options,
    TimeProvider timeProvider,
    ILogger<Sweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Value.SweepMinutes), timeProvider);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        var now = timeProvider.GetUtcNow();
        var forgotten = await maintenance.ForgetExpiredMediaAsync(
            now - TimeSpan.FromDays(options.Value.InputDays), now - TimeSpan.FromDays(options.Value.OutputDays), ct);

        // Attempts first: a run that ends between the two reads is then in the first set, in the second, or in both.
        var active = await maintenance.ReadActiveAttemptsAsync(ct);
        var liveKeys = await maintenance.ReadLiveArtifactKeysAsync(ct);
        var minimumAge = TimeSpan.FromMinutes(options.Value.OrphanMinutes);
        var files = await artifacts.SweepAsync(liveKeys, active, minimumAge, ct);
        var inputs = await contents.SweepAsync(await maintenance.ReadLiveContentsAsync(ct), minimumAge, ct);

        if (forgotten + files + inputs > 0)
            LogSwept(forgotten, files, inputs);
    }

    [LoggerMessage(4310, LogLevel.Information, "Swept: {Forgotten} media past their retention, {Files} unreferenced files and {Inputs} unreferenced inputs")]
    private partial void LogSwept(int forgotten, int files, int inputs);

    [LoggerMessage(4311, LogLevel.Error, "Sweeping failed")]
    private partial void LogFailed(Exception exception);
}
