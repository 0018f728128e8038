using System.Diagnostics;
using Kinema.Core.Runs;
using Kinema.Worker.Attempts;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Attempts;

public sealed class StoppingTests
{
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
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, Ct);
        }

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

    private static async IAsyncEnumerable<Kinema.Engines.EngineEvent> After(Task released)
    {
        await released;
        await foreach (var happened in ScriptedEngine.AllFrames(ScriptedEngine.Format))
            yield return happened;
    }
}
