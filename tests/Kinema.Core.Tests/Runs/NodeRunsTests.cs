using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

public sealed class NodeRunsTests
{
    private static readonly DateTimeOffset _start = new(2026, 5, 6, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_attempt_that_succeeded_shows_its_four_measured_phases()
    {
        var attempt = new AttemptRecord { Fence = 1, Number = 1, ClaimedAt = At(1), RunningAt = At(1.2), EndedAt = At(91.2), Outcome = "succeeded", Cost = SampleRuns.Succeeded().Cost };

        var phases = NodeRuns.Of(SampleRuns.Succeeded(), [attempt]);

        phases.Select(p => (p.Phase, p.State, p.DurationMs)).ShouldBe(
            [("preprocess", "succeeded", 200), ("inference", "succeeded", 80_000), ("encode", "succeeded", 9_000), ("upload", "succeeded", 34)]);
        phases.Select(p => (p.StartedAt, p.CompletedAt)).ShouldBe(
            [(At(1), At(1.2)), (At(1.2), At(91.166)), (At(1.2), At(91.166)), (At(91.166), At(91.2))]);
        phases.Select(p => p.Cost?.ToString()).ShouldBe([null, null, null, "0.50"]);
    }

    [Fact]
    public void Attempts_that_were_lost_or_failed_show_how_far_they_came_and_why_they_ended()
    {
        RunFailure failure = new(FailureCodes.EngineFailed, "It broke.", FailureStages.Inference);
        var phases = NodeRuns.Of(
            SampleRuns.Queued() with { Status = RunStatus.Running },
            [
                new() { Fence = 1, Number = 1, ClaimedAt = At(0), EndedAt = At(1), Outcome = "lost", Failure = failure },
                new() { Fence = 2, Number = 2, ClaimedAt = At(2), RunningAt = At(3), EndedAt = At(5), Outcome = "retry", Failure = failure },
                new() { Fence = 3, Number = 3, ClaimedAt = At(6), RunningAt = At(7) },
            ]);

        phases.Select(p => (p.Phase, p.State, p.RetryCount, p.DurationMs, p.ErrorMessage)).ShouldBe(
        [
            ("preprocess", "failed", 0, 1000, "It broke."),
            ("preprocess", "succeeded", 1, 1000, null),
            ("inference", "failed", 1, 2000, "It broke."),
            ("preprocess", "succeeded", 2, 1000, null),
            ("inference", "running", 2, null, null),
        ]);
    }

    [Fact]
    public void A_phase_has_the_same_id_at_every_reading_and_no_other_has_it()
    {
        AttemptRecord[] attempts = [new() { Fence = 1, Number = 1, ClaimedAt = At(0), RunningAt = At(1) }, new() { Fence = 2, Number = 2, ClaimedAt = At(2) }];

        var ids = NodeRuns.Of(SampleRuns.Queued(), attempts).Select(p => p.Id).ToList();

        ids.Distinct().Count().ShouldBe(3);
        ids.ShouldAllBe(id => id.Version == 8);
        NodeRuns.Of(SampleRuns.Queued(), attempts).Select(p => p.Id).ShouldBe(ids);
        NodeRuns.Of(SampleRuns.Queued() with { Id = Guid.CreateVersion7() }, attempts).Select(p => p.Id).Intersect(ids).ShouldBeEmpty();
    }

    private static DateTimeOffset At(double seconds) => _start.AddMilliseconds(Math.Round(seconds * 1000));
}
