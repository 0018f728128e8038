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

    private sealed class FakeMaintenance : IRunMaintenance
    {
        private readonly TaskCompletionSource _swept = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Reaped { get; init; }

        public List<string> Calls { get; } = [];

        public Task Swept => _swept.Task;

        public (DateTimeOffset Inputs, DateTimeOffset Outputs) Before { get; private set; }

        public Task<int> ReapExpiredLeasesAsync(CancellationToken ct) => Note("reap", Reaped);

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
