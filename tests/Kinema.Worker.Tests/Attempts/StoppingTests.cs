using System.Diagnostics;
using Kinema.Core.Runs;
using Kinema.Worker.Attempts;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Attempts;

public sealed class StoppingTests
{
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_running_cancel_is_written_within_two_seconds_even_when_the_engine_does_not_listen(bool stuck)
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, ct) => stuck ? ScriptedEngine.Stuck() : ScriptedEngine.UntilStopped(ct);
        var running = rig.RunAsync();
        await rig.Engine.Began.WaitAsync(Ct);

        var asked = Stopwatch.GetTimestamp();
        rig.Ledger.CancelRequested = true;
        var outcome = await running.WaitAsync(Ct);

        outcome.ShouldBeOfType<AttemptOutcome.Canceled>();
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_attempt_that_lost_its_fence_writes_nothing_and_leaves_no_scratch()
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock);
        rig.Engine.Script = (_, ct) => ScriptedEngine.UntilStopped(ct);
        var claim = rig.Claim();
        var running = rig.RunAsync(claim);
        await rig.Engine.Began.WaitAsync(Ct);

        rig.Ledger.FenceIsCurrent = false;
        clock.Advance(TimeSpan.FromSeconds(1));

        (await running.WaitAsync(Ct)).ShouldBeNull();
        rig.Ledger.Outcomes.ShouldBeEmpty();
        Directory.Exists(rig.Artifacts.ScratchOf(claim.Run.Id, 3)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_append_stops_the_attempt()
    {
        using var rig = new Rig();
        rig.Engine.Script = (_, _) => ScriptedEngine.AllFrames(ScriptedEngine.Format, () => rig.Ledger.FenceIsCurrent = false);

        (await rig.RunAsync()).ShouldBeNull();

        rig.Artifacts.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_that_cannot_reach_the_ledger_for_a_lease_stops()
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock);
        rig.Engine.Script = (_, ct) => ScriptedEngine.UntilStopped(ct);
        rig.Ledger.HeartbeatsThrow = true;
        var running = rig.RunAsync();
        await rig.Engine.Began.WaitAsync(Ct);

        // In small steps: one of half a lease would be a process that stood still.
        while (!running.IsCompleted)
            await AdvanceAsync(clock);

        (await running).ShouldBeNull();
        rig.Ledger.Heartbeats.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task A_missed_heartbeat_alone_stops_nothing()
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock);
        var release = new TaskCompletionSource();
        rig.Engine.Script = (_, _) => After(release.Task);
        rig.Ledger.HeartbeatsThrow = true;
        var running = rig.RunAsync();
        await rig.Engine.Began.WaitAsync(Ct);

        clock.Advance(TimeSpan.FromSeconds(10));
        release.SetResult();

        (await running.WaitAsync(Ct)).ShouldBeOfType<AttemptOutcome.Succeeded>();
        rig.Ledger.Heartbeats.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_worker_stops_at_the_runs_deadline_even_where_it_can_no_longer_ask_for_it()
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock);
        rig.Engine.Script = (_, ct) => ScriptedEngine.UntilStopped(ct);
        rig.Ledger.Left = TimeSpan.FromSeconds(5);
        var running = rig.RunAsync();
        await rig.Engine.Began.WaitAsync(Ct);
        while (rig.Ledger.Heartbeats == 0)
            await AdvanceAsync(clock);

        rig.Ledger.HeartbeatsThrow = true;
        var passed = TimeSpan.Zero;
        while (!running.IsCompleted)
        {
            await AdvanceAsync(clock);
            passed += _step;
        }

        // The server ends the run; a lease of 30 s would have ended the attempt later.
        (await running).ShouldBeNull();
        passed.TotalSeconds.ShouldBeInRange(3, 15);
    }

    [Fact]
    public async Task Loading_weights_has_a_time_limit_of_its_own()
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock, services => services.Configure<RunPolicy>(p => (p.LoadTimeoutSeconds, p.GenerateTimeoutSeconds) = (20, 6)));
        var loading = new TaskCompletionSource();
        rig.Engine.Script = (_, ct) => rig.Engine.AfterLoading(loading.Task, ct);
        var running = rig.RunAsync();
        await rig.Engine.Loading.WaitAsync(Ct);

        clock.Advance(TimeSpan.FromSeconds(19));
        loading.SetResult();

        (await running.WaitAsync(Ct)).ShouldBeOfType<AttemptOutcome.Succeeded>();
    }

    [Fact]
    public async Task Weights_that_do_not_load_in_time_fail_the_run_and_the_message_says_so()
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock, services => services.Configure<RunPolicy>(p => (p.LoadTimeoutSeconds, p.GenerateTimeoutSeconds) = (20, 6)));
        rig.Engine.Script = (_, ct) => rig.Engine.AfterLoading(new TaskCompletionSource().Task, ct);
        var running = rig.RunAsync();
        await rig.Engine.Loading.WaitAsync(Ct);

        clock.Advance(TimeSpan.FromSeconds(20));

        var failure = (await running.WaitAsync(Ct)).ShouldBeOfType<AttemptOutcome.Failed>().Failure;
        (failure.Code, failure.Message).ShouldBe((FailureCodes.TimedOut, "Loading the weights took longer than 20 seconds."));
    }

    [Theory]
    [InlineData("fetch", "preprocess")]
    [InlineData("generate", "inference")]
    public async Task A_phase_that_takes_too_long_fails_the_run_with_its_stage(string phase, string stage)
    {
        var clock = new FakeTimeProvider();
        using var rig = new Rig(clock, services => services.Configure<RunPolicy>(p => (p.FetchTimeoutSeconds, p.GenerateTimeoutSeconds) = (5, 6)));
        rig.Fetcher.Hangs = phase == "fetch";
        rig.Engine.Script = (_, ct) => ScriptedEngine.UntilStopped(ct);
        var running = rig.RunAsync();
        await (phase == "fetch" ? Task.CompletedTask : rig.Engine.Began).WaitAsync(Ct);
        while (rig.Fetcher.Fetches == 0)
            await Task.Yield();

        clock.Advance(TimeSpan.FromSeconds(6));

        var failure = (await running.WaitAsync(Ct)).ShouldBeOfType<AttemptOutcome.Failed>().Failure;
        (failure.Code, failure.Stage).ShouldBe((FailureCodes.TimedOut, stage));
    }

    [Fact]
    public void Only_the_first_reason_to_stop_counts()
    {
        var attempt = new LiveAttempt(new(Guid.Empty, 1, Guid.Empty), new FakeTimeProvider());

        attempt.Stop(AttemptStop.HandedBack);
        attempt.Stop(AttemptStop.Canceled);

        attempt.StopReason.ShouldBe(AttemptStop.HandedBack);
        attempt.Stopping.IsCancellationRequested.ShouldBeTrue();
    }

    private static async Task AdvanceAsync(FakeTimeProvider clock)
    {
        clock.Advance(_step);
        await Task.Delay(1, Ct);
    }

    private static async IAsyncEnumerable<Kinema.Engines.EngineEvent> After(Task released)
    {
        await released;
        await foreach (var happened in ScriptedEngine.AllFrames(ScriptedEngine.Format))
            yield return happened;
    }
}
