using System.Collections.Concurrent;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task The_oldest_waiting_run_is_claimed_first()
    {
        var now = Store.Clock.GetUtcNow().AddSeconds(-5);
        var second = await AdmitAsync(NewRun(createdAt: now));
        var third = await AdmitAsync(NewRun(createdAt: now.AddSeconds(1)));
        var first = await AdmitAsync(NewRun(createdAt: now.AddSeconds(-1)));

        (await ClaimAsync()).Run.Id.ShouldBe(first.Id);
        (await ClaimAsync()).Run.Id.ShouldBe(second.Id);
        (await ClaimAsync()).Run.Id.ShouldBe(third.Id);
        (await TryClaimAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_worker_gets_only_runs_of_engines_it_serves()
    {
        await AdmitAsync(NewRun(engine: "wan"));
        var run = await AdmitAsync();

        (await TryClaimAsync("motion", "other")).ShouldNotBeNull().Run.Id.ShouldBe(run.Id);
        (await TryClaimAsync("motion", "other")).ShouldBeNull();
    }

    [Fact]
    public async Task A_claim_starts_the_run_and_adds_an_event()
    {
        var run = await AdmitAsync();
        Pass(3);

        var claimed = await ClaimAsync();

        claimed.AttemptNumber.ShouldBe(1);
        claimed.Attempt.ShouldBe(new AttemptRef(run.Id, 1, WorkerId));
        claimed.Run.ShouldBe(await ReadAsync(run));
        claimed.Run.Status.ShouldBe(RunStatus.Dispatching);
        claimed.Run.StartedAt.ShouldBe(run.CreatedAt.AddSeconds(3));
        (await StatusesAsync(run)).ShouldBe(["queued", "dispatching"]);
        (await Maintenance.ReadActiveAttemptsAsync(Ct)).ShouldBe([(run.Id, 1L)]);
    }

    [Fact]
    public async Task Many_workers_at_once_claim_each_run_once()
    {
        const int runs = 120;
        for (var i = 0; i < runs; i++)
            await AdmitAsync();

        var claimed = new ConcurrentBag<Guid>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (await Worker.ClaimAsync(new(Guid.CreateVersion7(), InstanceId, [Engine]), Ct) is { } run)
                claimed.Add(run.Run.Id);
        })));

        claimed.Count.ShouldBe(runs);
        claimed.Distinct().Count().ShouldBe(runs);
    }

    [Fact]
    public async Task A_run_past_its_deadline_is_not_claimed()
    {
        await AdmitAsync();
        Pass(Store.Policy.TotalDeadlineSeconds);

        (await TryClaimAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_heartbeat_keeps_the_lease()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();

        Pass(20);
        var beat = await Worker.HeartbeatAsync(claimed.Attempt, Ct);
        (beat.FenceIsCurrent, beat.CancelRequested).ShouldBe((true, false));
        beat.Left.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(Store.Policy.TotalDeadlineSeconds - 21, Store.Policy.TotalDeadlineSeconds - 20);
        Pass(20);
        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(0);
        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Dispatching);
    }

    [Fact]
    public async Task A_run_whose_lease_expires_is_queued_again()
    {
        var run = await AdmitAsync();
        await ClaimAsync();

        Pass(29);
        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(0);
        Pass(1);
        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(1);

        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Queued);
        (await StatusesAsync(run)).ShouldBe(["queued", "dispatching", "queued"]);
        var second = await ClaimAsync();
        second.AttemptNumber.ShouldBe(2);
        second.Attempt.Fence.ShouldBeGreaterThan(1);
        (await AttemptOutcomesAsync(run)).ShouldBe(["lost", ""]);
    }

    [Fact]
    public async Task Every_write_with_an_outdated_fence_is_refused()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        var zombie = (await ClaimAsync()).Attempt;
        Pass(30);
        await Maintenance.ReapExpiredLeasesAsync(Ct);

        await ShouldRefuseAsync(zombie);
        var winner = await ClaimAsync();
        await ShouldRefuseAsync(zombie);
        (await Worker.FinishAsync(winner.Attempt, Success(winner.Attempt), Ct)).ShouldBeTrue();
        await ShouldRefuseAsync(zombie);

        (await ReadAsync(run)).Output!.Artifacts.Single().Key.ShouldBe($"{run.Id}/{winner.Attempt.Fence}/video.mp4");
        (await Maintenance.ReadLiveArtifactKeysAsync(Ct)).ShouldBe([$"{run.Id}/{winner.Attempt.Fence}/video.mp4"]);
    }

    [Fact]
    public async Task A_late_write_is_accepted_until_the_expired_lease_is_reaped()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        Pass(300);

        (await Worker.AppendAsync(claimed.Attempt, new() { Status = RunStatus.Running }, Ct)).ShouldBeTrue();
        (await Worker.HeartbeatAsync(claimed.Attempt, Ct)).FenceIsCurrent.ShouldBeTrue();
        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(0);
        (await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct)).ShouldBeTrue();
        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task A_run_whose_workers_keep_crashing_fails_with_WORKER_LOST()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await ClaimAsync();
            Pass(31);
            (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(1);
        }

        var ended = await ReadAsync(run);
        ended.Status.ShouldBe(RunStatus.Failed);
        ended.Failure!.Code.ShouldBe(FailureCodes.WorkerLost);
        (await TryClaimAsync()).ShouldBeNull();
        (await LedgerAsync(run)).ShouldBe(["hold 500000", "release -500000"]);
        (await Outbox.ListAsync(run.OrgId, run.Id, Ct))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Releasing_a_run_uses_no_attempt()
    {
        var run = await AdmitAsync();
        for (var i = 0; i < 5; i++)
        {
            var claimed = await ClaimAsync();
            claimed.AttemptNumber.ShouldBe(1);
            (await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.HandedBack(), Ct)).ShouldBeTrue();
        }

        (await ReadAsync(run)).AttemptCount.ShouldBe(0);
        (await AttemptOutcomesAsync(run)).ShouldBe(Enumerable.Repeat("handed_back", 5));
        (await ClaimAsync()).Run.Id.ShouldBe(run.Id);
    }

    [Fact]
    public async Task A_retry_waits_its_delay_and_the_last_one_fails()
    {
        var run = await AdmitAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var claimed = await ClaimAsync();
            claimed.AttemptNumber.ShouldBe(attempt);
            (await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.Retry(_broken, TimeSpan.FromSeconds(10)), Ct)).ShouldBeTrue();
            (await TryClaimAsync()).ShouldBeNull();
            Pass(10);
        }

        var ended = await ReadAsync(run);
        ended.Status.ShouldBe(RunStatus.Failed);
        ended.Failure.ShouldBe(_broken);
        (await AttemptOutcomesAsync(run)).ShouldBe(["retry", "retry", "retry"]);
    }

    [Fact]
    public async Task A_later_attempt_gets_the_inputs_and_the_checkpoint_of_an_earlier_one()
    {
        await AdmitAsync();
        var first = await ClaimAsync();
        first.Inputs.ShouldBeEmpty();
        first.Checkpoint.ShouldBeNull();
        var input = new RunInput("image_url", "https://example.com/cat.png", new string('c', 64), "video/mp4", 10, 600, 400) { Seconds = 4.25, HasAudio = true, LostSeconds = 0.5, Details = "{}" };
        await Worker.AppendAsync(first.Attempt, new() { Inputs = [input], Checkpoint = "step 1" }, Ct);
        await Worker.AppendAsync(first.Attempt, new() { Checkpoint = "step 2" }, Ct);
        await Worker.FinishAsync(first.Attempt, new AttemptOutcome.HandedBack(), Ct);

        var second = await ClaimAsync();
        await Worker.FinishAsync(second.Attempt, new AttemptOutcome.HandedBack(), Ct);
        var third = await ClaimAsync();

        third.Inputs.ShouldBe([input]);
        third.Checkpoint.ShouldBe("step 2");
        (await Maintenance.ReadLiveContentsAsync(Ct)).ShouldBe([(Acme.Id, new string('c', 64))]);
    }

    [Fact]
    public async Task The_history_moves_only_forward_and_keeps_the_order_of_what_was_appended()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.AppendAsync(claimed.Attempt, new() { Status = RunStatus.Dispatching }, Ct);
        await Worker.AppendAsync(claimed.Attempt, new() { Status = RunStatus.Running, Events = [RunEvents.Progress("inference", 1, 150)] }, Ct);
        await Worker.AppendAsync(claimed.Attempt, new() { Status = RunStatus.Dispatching, Events = [RunEvents.Progress("inference", 2, 150)] }, Ct);

        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Running);
        (await StatusesAsync(run)).ShouldBe(["queued", "dispatching", "running"]);
        var history = (await Runs.ReadEventsAsync(run.OrgId, run.Id, 0, 100, Ct)).ShouldNotBeNull();
        history.Select(e => e.Sequence).ShouldBe([1, 2, 3, 4, 5]);
        history.Select(e => e.Type).ShouldBe(["status", "status", "status", "progress", "progress"]);
    }

    [Fact]
    public async Task An_attempt_cannot_append_its_own_end()
    {
        await AdmitAsync();
        var claimed = await ClaimAsync();

        await Should.ThrowAsync<ArgumentException>(() => Worker.AppendAsync(claimed.Attempt, new() { Status = RunStatus.Succeeded }, Ct));
    }

    private async Task ShouldRefuseAsync(AttemptRef zombie)
    {
        var run = (await Runs.FindAsync(Acme.Id, zombie.RunId, Ct)).ShouldNotBeNull();
        var history = (await Runs.ReadEventsAsync(Acme.Id, zombie.RunId, 0, 100, Ct))!.Count;

        (await Worker.HeartbeatAsync(zombie, Ct)).FenceIsCurrent.ShouldBeFalse();
        (await Worker.AppendAsync(zombie, new() { Events = [RunEvents.Log("info", "boo")], Checkpoint = "boo" }, Ct)).ShouldBeFalse();
        (await Worker.FinishAsync(zombie, Success(zombie), Ct)).ShouldBeFalse();
        (await Worker.FinishAsync(zombie, new AttemptOutcome.Failed(_broken), Ct)).ShouldBeFalse();
        (await Worker.FinishAsync(zombie, new AttemptOutcome.Retry(_broken, TimeSpan.Zero), Ct)).ShouldBeFalse();
        (await Worker.FinishAsync(zombie, new AttemptOutcome.HandedBack(), Ct)).ShouldBeFalse();
        (await Worker.FinishAsync(zombie, new AttemptOutcome.Canceled(), Ct)).ShouldBeFalse();

        (await Runs.FindAsync(Acme.Id, zombie.RunId, Ct))!.Status.ShouldBe(run.Status);
        (await Runs.ReadEventsAsync(Acme.Id, zombie.RunId, 0, 100, Ct))!.Count.ShouldBe(history);
    }

    private Task<IReadOnlyList<string>> AttemptOutcomesAsync(Run run) =>
        Store.QueryAsync($"SELECT coalesce(outcome, '') FROM attempts WHERE run_id = '{run.Id}' ORDER BY fence");
}
