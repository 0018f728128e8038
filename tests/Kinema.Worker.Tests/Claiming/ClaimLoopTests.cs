using System.Diagnostics;
using Kinema.Core.Runs;
using Kinema.Worker.Claiming;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Claiming;

public sealed class ClaimLoopTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_engines_are_registered_before_the_start_returns()
    {
        using var rig = new Rig();
        using var loop = rig.Hosted<ClaimLoop>();

        await loop.StartAsync(Ct);

        var registration = rig.Ledger.Registrations.ShouldHaveSingleItem();
        registration.Engines.ShouldBe([rig.Engine.Descriptor]);
        await StopAsync(rig, loop);
    }

    [Fact]
    public async Task A_signal_starts_a_waiting_run_before_the_next_poll()
    {
        var clock = new FakeTimeProvider(); // never moves, so that no poll comes
        using var rig = new Rig(clock);
        using var loop = rig.Hosted<ClaimLoop>();
        await loop.StartAsync(Ct);
        await UntilAsync(() => rig.Ledger.Claims > 0);

        rig.Ledger.Enqueue(rig.Claim());
        rig.Get<IWorkSignal>().Notify(SignalTopic.Queue);

        (await rig.Ledger.Finished.WaitAsync(Ct)).ShouldBeOfType<AttemptOutcome.Succeeded>();
        await StopAsync(rig, loop);
    }

    [Fact]
    public async Task A_poll_finds_a_run_without_a_signal()
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock);
        using var loop = rig.Hosted<ClaimLoop>();
        await loop.StartAsync(Ct);
        await UntilAsync(() => rig.Ledger.Claims > 0);

        rig.Ledger.Enqueue(rig.Claim());
        await UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return rig.Ledger.Claims > 1;
        });

        (await rig.Ledger.Finished.WaitAsync(Ct)).ShouldBeOfType<AttemptOutcome.Succeeded>();
        await StopAsync(rig, loop);
    }

    [Fact]
    public async Task No_more_runs_are_claimed_than_may_be_worked_on()
    {
        using var rig = new Rig(configure: services => services.Configure<WorkerOptions>(o => (o.Concurrency, o.PollMilliseconds) = (2, 10)));
        rig.Engine.Script = (_, ct) => ScriptedEngine.UntilStopped(ct);
        using var loop = rig.Hosted<ClaimLoop>();
        for (var i = 0; i < 5; i++)
            rig.Ledger.Enqueue(rig.Claim());

        await loop.StartAsync(Ct);
        await rig.Engine.Began.WaitAsync(Ct);
        await StopAsync(rig, loop);

        rig.Ledger.Claims.ShouldBe(2);
        rig.Ledger.Outcomes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_stopping_process_hands_its_runs_back_at_once_even_when_the_engine_is_stuck()
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, _) => ScriptedEngine.Stuck();
        rig.Ledger.Enqueue(rig.Claim());
        using var loop = rig.Hosted<ClaimLoop>();
        await loop.StartAsync(Ct);
        await rig.Engine.Began.WaitAsync(Ct);

        var asked = Stopwatch.GetTimestamp();
        rig.Lifetime.StopApplication();
        var outcome = await rig.Ledger.Finished.WaitAsync(Ct);
        await loop.StopAsync(Ct);

        outcome.ShouldBeOfType<AttemptOutcome.HandedBack>();
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_loop_that_is_stopped_at_work_ends_without_a_fault()
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, ct) => ScriptedEngine.UntilStopped(ct);
        rig.Ledger.Enqueue(rig.Claim());
        using var loop = rig.Hosted<ClaimLoop>();
        await loop.StartAsync(Ct);
        await rig.Engine.Began.WaitAsync(Ct);

        await StopAsync(rig, loop);

        // A fault here is logged as critical by the host, and stops it.
        loop.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);
    }

    [Fact]
    public async Task A_stopping_process_that_drains_lets_its_run_finish()
    {
        using var rig = new Rig(configure: services => services.Configure<WorkerOptions>(o => o.DrainSeconds = 60));
        var release = new TaskCompletionSource();
        rig.Engine.Script = (_, _) => AfterAsync(release.Task);
        rig.Ledger.Enqueue(rig.Claim());
        rig.Ledger.Enqueue(rig.Claim());
        using var loop = rig.Hosted<ClaimLoop>();
        await loop.StartAsync(Ct);
        await rig.Engine.Began.WaitAsync(Ct);

        rig.Lifetime.StopApplication();
        release.SetResult();
        await loop.StopAsync(Ct);

        rig.Ledger.Outcomes.ShouldHaveSingleItem().Outcome.ShouldBeOfType<AttemptOutcome.Succeeded>();
    }

    [Fact]
    public void The_host_gives_up_within_five_seconds_or_after_the_drain()
    {
        using var rig = new Rig();
        using var draining = new Rig(configure: services => services.Configure<WorkerOptions>(o => o.DrainSeconds = 60));

        rig.Get<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        draining.Get<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(64));
    }

    private static async Task StopAsync(Rig rig, ClaimLoop loop)
    {
        rig.Lifetime.StopApplication();
        await loop.StopAsync(Ct);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async IAsyncEnumerable<Kinema.Engines.EngineEvent> AfterAsync(Task released)
    {
        await released;
        await foreach (var happened in ScriptedEngine.AllFrames(ScriptedEngine.Format))
            yield return happened;
    }
}
