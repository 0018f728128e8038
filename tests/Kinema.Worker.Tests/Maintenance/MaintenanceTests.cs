using Kinema.Core.Runs;
using Kinema.Worker.Maintenance;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Maintenance;

public sealed class MaintenanceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lease_taken_back_wakes_the_claim_loop()
    {
        var maintenance = new FakeMaintenance { Reaped = 1 };
        using var rig = new Rig(new FakeTimeProvider(), services => services.AddSingleton<IRunMaintenance>(maintenance));
        var workSignal = rig.Get<IWorkSignal>();
        using var reaper = rig.Hosted<Reaper>();

        await reaper.StartAsync(Ct);
        await workSignal.WaitAsync(SignalTopic.Queue, 0, TimeSpan.FromDays(1), Ct);

        maintenance.Calls.ShouldBe(["reap", "expire"]);
        await reaper.StopAsync(Ct);
    }

    [Fact]
    public async Task The_sweep_reads_running_attempts_before_finished_files_so_that_no_run_falls_between()
    {
        var maintenance = new FakeMaintenance();
        using var rig = new Rig(new FakeTimeProvider(), services => services.AddSingleton<IRunMaintenance>(maintenance));
        using var sweeper = rig.Hosted<Sweeper>();

        await sweeper.StartAsync(Ct);
        await maintenance.Swept.WaitAsync(Ct);

        maintenance.Calls.ShouldBe(["forget", "attempts", "keys", "contents"]);
        await sweeper.StopAsync(Ct);
    }

    [Fact]
    public async Task Media_are_forgotten_after_seven_and_thirty_days()
    {
        var clock = new FakeTimeProvider();
        var maintenance = new FakeMaintenance();
        using var rig = new Rig(clock, services => services.AddSingleton<IRunMaintenance>(maintenance));
        using var sweeper = rig.Hosted<Sweeper>();

        await sweeper.StartAsync(Ct);
        await maintenance.Swept.WaitAsync(Ct);

        maintenance.Before.ShouldBe((clock.GetUtcNow().AddDays(-7), clock.GetUtcNow().AddDays(-30)));
        await sweeper.StopAsync(Ct);
    }

    [Fact]
    public async Task Orphans_of_a_time_that_the_store_does_not_cover_are_spared_for_the_first_hour()
    {
        var clock = new FakeTimeProvider();
        var maintenance = new FakeMaintenance();
        using var rig = new Rig(clock, services => services.AddSingleton<IRunMaintenance>(maintenance));
        rig.Keeping.Lifetime = new(clock.GetUtcNow().AddDays(-2), clock.GetUtcNow().AddDays(-1));
        using var sweeper = rig.Hosted<Sweeper>();

        await sweeper.StartAsync(Ct);
        await maintenance.Swept.WaitAsync(Ct);
        rig.Artifacts.Rules!.Within.ShouldBe(rig.Keeping.Lifetime);
        await PassAsync(clock, 5, maintenance);
        rig.Artifacts.Rules.Within.ShouldBe(rig.Keeping.Lifetime);
        await PassAsync(clock, 1, maintenance);

        rig.Artifacts.Rules.Within.ShouldBeNull();
        await sweeper.StopAsync(Ct);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(0, false)]
    public async Task Orphans_lie_in_the_trash_for_some_days_or_are_deleted_at_once(double days, bool usesTrash)
    {
        var maintenance = new FakeMaintenance();
        using var rig = new Rig(
            new FakeTimeProvider(), services => services.AddSingleton<IRunMaintenance>(maintenance).Configure<RetentionOptions>(o => o.TrashDays = days));
        using var sweeper = rig.Hosted<Sweeper>();

        await sweeper.StartAsync(Ct);
        await maintenance.Swept.WaitAsync(Ct);
        await sweeper.StopAsync(Ct);

        rig.Artifacts.Rules!.UsesTrash.ShouldBe(usesTrash);
        rig.Keeping.Kept.ShouldBe(TimeSpan.FromDays(days));
    }

    /// <summary>Lets sweeps pass one by one: a timer merges the ticks that nobody has taken yet.</summary>
    private static async Task PassAsync(FakeTimeProvider clock, int sweeps, FakeMaintenance maintenance)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        for (var i = 0; i < sweeps; i++)
        {
            var before = maintenance.Sweeps;
            clock.Advance(TimeSpan.FromMinutes(10));
            while (maintenance.Sweeps == before)
                await Task.Delay(1, limit.Token);
        }
    }

    private sealed class FakeMaintenance : IRunMaintenance
    {
        private readonly TaskCompletionSource _swept = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Reaped { get; init; }

        public int Sweeps { get; private set; }

        public List<string> Calls { get; } = [];

        public Task Swept => _swept.Task;

        public (DateTimeOffset Inputs, DateTimeOffset Outputs) Before { get; private set; }

        public Task<int> ReapExpiredLeasesAsync(CancellationToken ct) => Note("reap", Reaped);

        public Task<int> RenewRemoteLeasesAsync(CancellationToken ct) => Note("renew", 0);

        public Task<int> ExpireOverdueAsync(CancellationToken ct) => Note("expire", 0);

        public Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct) => throw new NotSupportedException();

        public Task<int> ForgetExpiredMediaAsync(DateTimeOffset inputsBefore, DateTimeOffset outputsBefore, CancellationToken ct)
        {
            Before = (inputsBefore, outputsBefore);
            return Note("forget", 0);
        }

        public Task<IReadOnlySet<string>> ReadLiveArtifactKeysAsync(CancellationToken ct) => Note<IReadOnlySet<string>>("keys", new HashSet<string>());

        public Task<IReadOnlySet<(Guid RunId, long Fence)>> ReadActiveAttemptsAsync(CancellationToken ct) =>
            Note<IReadOnlySet<(Guid, long)>>("attempts", new HashSet<(Guid, long)>());

        public Task<IReadOnlySet<(Guid OrgId, string Digest)>> ReadLiveContentsAsync(CancellationToken ct)
        {
            var contents = Note<IReadOnlySet<(Guid, string)>>("contents", new HashSet<(Guid, string)>());
            Sweeps++;
            _swept.TrySetResult();
            return contents;
        }

        private Task<T> Note<T>(string call, T answer)
        {
            Calls.Add(call);
            return Task.FromResult(answer);
        }
    }
}
