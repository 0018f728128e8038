using Kinema.Core.Runs;
using Kinema.Worker.Attempts;
using Kinema.Worker.Maintenance;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Worker.Tests.Maintenance;

/// <summary>A laptop is closed in the middle of a run, or the process is stopped.</summary>
public sealed class StandstillTests : IDisposable
{
    private readonly SleepyClock _clock = new();
    private readonly Rig _rig;
    private readonly ReapLog _reaps;
    private readonly LiveAttempt _attempt;

    public StandstillTests()
    {
        _rig = new(_clock, services => services.AddSingleton<IRunMaintenance>(_ => _reaps!));
        _reaps = new(_rig.Ledger);
        _attempt = new(_rig.Claim().Attempt, _clock);
        _rig.Get<LiveAttempts>().Add(_attempt);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task After_a_suspension_the_attempts_of_this_process_get_new_leases_before_the_reaper_looks()
    {
        using var reaper = await StartAsync();
        _clock.Suspend(TimeSpan.FromHours(8));

        (await NextReapAsync()).ShouldBe(1);
        (await NextReapAsync()).ShouldBe(1, "once is enough");
        await reaper.StopAsync(Ct);
    }

    [Fact]
    public async Task A_process_that_was_stopped_does_the_same()
    {
        using var reaper = await StartAsync();

        (await NextReapAsync(TimeSpan.FromSeconds(40))).ShouldBe(1);
        await reaper.StopAsync(Ct);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    public async Task A_tick_that_is_less_than_half_a_lease_late_is_a_slow_machine(int secondsLate)
    {
        using var reaper = await StartAsync();
        _clock.Suspend(TimeSpan.FromSeconds(secondsLate));

        (await NextReapAsync()).ShouldBe(0);
        await reaper.StopAsync(Ct);
    }

    [Fact]
    public async Task The_reaper_waits_until_the_leases_are_renewed()
    {
        using var reaper = await StartAsync();
        _rig.Ledger.HeartbeatsThrow = true;
        _clock.Suspend(TimeSpan.FromHours(8));
        var before = _reaps.Count;
        for (var i = 0; i < 3; i++)
            await TickAsync(() => _rig.Ledger.Heartbeats > i);
        _reaps.Count.ShouldBe(before);

        _rig.Ledger.HeartbeatsThrow = false;

        (await NextReapAsync()).ShouldBe(4);
        await reaper.StopAsync(Ct);
    }

    [Fact]
    public async Task After_a_standstill_remote_workers_get_new_leases_before_any_is_reaped()
    {
        using var reaper = await StartAsync();
        await NextReapAsync();
        _reaps.RenewalsBefore.ShouldBe(0);
        _clock.Suspend(TimeSpan.FromHours(8));

        await NextReapAsync();

        _reaps.RenewalsBefore.ShouldBe(1);
        await reaper.StopAsync(Ct);
    }

    [Fact]
    public async Task An_attempt_that_was_canceled_meanwhile_stops()
    {
        using var reaper = await StartAsync();
        _rig.Ledger.CancelRequested = true;
        _clock.Suspend(TimeSpan.FromHours(8));
        await NextReapAsync();

        _attempt.StopReason.ShouldBe(AttemptStop.Canceled);
        await reaper.StopAsync(Ct);
    }

    [Fact]
    public async Task A_heartbeat_that_fails_once_after_a_standstill_does_not_give_the_run_up()
    {
        using var ended = new CancellationTokenSource();
        var beating = _rig.Get<Heartbeat>().RunAsync(_attempt, ended.Token);
        _rig.Ledger.HeartbeatsThrow = true;
        _clock.Advance(TimeSpan.FromSeconds(60));
        await UntilAsync(() => _rig.Ledger.Heartbeats == 1);
        await UntilAsync(() => _rig.Ledger.Heartbeats > 1, step: TimeSpan.FromMilliseconds(100));

        _attempt.StopReason.ShouldBeNull();
        await ended.CancelAsync();
        await beating;
    }

    private async Task<Reaper> StartAsync()
    {
        var reaper = _rig.Hosted<Reaper>();
        await reaper.StartAsync(Ct);
        await UntilAsync(() => _reaps.Count == 1);
        return reaper;
    }

    /// <returns>How many heartbeats came before the next reaping.</returns>
    private async Task<int> NextReapAsync(TimeSpan? time = null)
    {
        var before = _reaps.Count;
        await TickAsync(() => _reaps.Count > before, time);
        return _reaps.HeartbeatsBefore;
    }

    private Task TickAsync(Func<bool> until, TimeSpan? time = null)
    {
        _clock.Advance(time ?? TimeSpan.FromSeconds(2));
        return UntilAsync(until);
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan step = default)
    {
        while (!condition())
        {
            Ct.ThrowIfCancellationRequested();
            _clock.Advance(step);
            await Task.Yield();
        }
    }

    /// <summary>Notes at each reaping how many heartbeats, and renewals of remote leases, came before it.</summary>
    private sealed class ReapLog(FakeLedger ledger) : IRunMaintenance
    {
        private volatile int _count;
        private int _renewals;

        public int Count => _count;

        public int HeartbeatsBefore { get; private set; }

        public int RenewalsBefore { get; private set; }

        public Task<int> RenewRemoteLeasesAsync(CancellationToken ct) => Task.FromResult(++_renewals);

        public Task<int> ReapExpiredLeasesAsync(CancellationToken ct)
        {
            HeartbeatsBefore = ledger.Heartbeats;
            RenewalsBefore = _renewals;
            _count++;
            return Task.FromResult(0);
        }

        public Task<int> ExpireOverdueAsync(CancellationToken ct) => Task.FromResult(0);

        public Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct) => throw new NotSupportedException();

        public Task<int> ForgetExpiredMediaAsync(DateTimeOffset inputsBefore, DateTimeOffset outputsBefore, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlySet<string>> ReadLiveArtifactKeysAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlySet<(Guid OrgId, string Digest)>> ReadLiveContentsAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlySet<(Guid RunId, long Fence)>> ReadActiveAttemptsAsync(CancellationToken ct) => throw new NotSupportedException();
    }
}
