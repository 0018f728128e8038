using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Maintenance;

/// <summary>Deletes media after their retention time and moves files that nothing names to the trash.</summary>
internal sealed partial class Sweeper(
    IRunMaintenance maintenance,
    IForgottenMedia forgottenMedia,
    IArtifactStore artifacts,
    IContentStore contents,
    ITrash trash,
    IDiskSpaceCheck diskSpace,
    FirstHour firstHour,
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
        var outputs = await RulesAsync<string>(await maintenance.ReadLiveArtifactKeysAsync(ct), forgottenMedia.FindAsync, ct);
        var swept = await artifacts.SweepAsync(outputs, active, ct);
        var inputs = await RulesAsync<(Guid, string)>(await maintenance.ReadLiveContentsAsync(ct), forgottenMedia.FindAsync, ct);
        swept = swept.Plus(await contents.SweepAsync(inputs, ct));
        var emptied = trash.DeleteExpired(TimeSpan.FromDays(options.Value.TrashDays));

        Report(forgotten, swept, emptied);
    }

    private async Task<SweepRules<TName>> RulesAsync<TName>(
        IReadOnlySet<TName> live, Func<IReadOnlyCollection<TName>, CancellationToken, Task<IReadOnlyDictionary<TName, DateTimeOffset>>> findForgotten, CancellationToken ct)
    {
        return new()
        {
            Live = live,
            FindForgotten = findForgotten,
            MinimumAge = TimeSpan.FromMinutes(options.Value.OrphanMinutes),
            UsesTrash = options.Value.TrashDays > 0,
            Within = await firstHour.ReadLimitAsync(ct),
        };
    }

    private void Report(int forgotten, SweepReport swept, int emptied)
    {
        if (forgotten + swept.Forgotten + swept.Orphans + emptied > 0)
            LogSwept(forgotten, swept.Forgotten, swept.Orphans, emptied);
        if (swept.Held > 0)
            LogHeld(swept.Held);
        if (!diskSpace.HasFreeSpace)
            LogDiskFull();
    }
}
