using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task A_delivered_run_is_charged_once_and_its_whole_end_is_written_together()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        var claimed = await ClaimAsync();
        Pass(7);
        var success = Success(claimed.Attempt, cost: "0.40");

        (await Worker.FinishAsync(claimed.Attempt, success, Ct)).ShouldBeTrue();

        var ended = await ReadAsync(run);
        ended.Status.ShouldBe(RunStatus.Succeeded);
        ended.Cost.ShouldBe(Money.Parse("0.40"));
        ended.DurationMs.ShouldBe(7000);
        ended.Output!.Artifacts.ShouldBe(success.Output.Artifacts);
        ended.Output.Timing.ShouldBe(success.Output.Timing);
        ended.Output.ModelData.ToJsonString().ShouldBe("""{"engine":"motion"}""");
        (await LedgerAsync(run)).ShouldBe(["hold 500000", "release -500000", "charge 400000"]);
        (await StatusesAsync(run)).ShouldBe(["queued", "dispatching", "succeeded"]);
        var delivery = (await Outbox.ListAsync(run.OrgId, run.Id, Ct))!.Single();
        delivery.Payload.ToArray().ShouldBe(Store.Composer.Compose(ended));
        delivery.IsAutomatic.ShouldBeTrue();
        (await Maintenance.ReadLiveArtifactKeysAsync(Ct)).ShouldBe([success.Output.Artifacts[0].Key]);
    }

    [Fact]
    public async Task Nothing_is_charged_beyond_what_was_held()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt, cost: "9.00"), Ct);

        (await ReadAsync(run)).Cost.ShouldBe(run.Held);
        (await LedgerAsync(run)).ShouldBe(["hold 500000", "release -500000", "charge 500000"]);
    }

    [Fact]
    public async Task A_failed_run_costs_nothing_and_says_why()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        var claimed = await ClaimAsync();
        await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.Failed(_broken), Ct);

        var ended = await ReadAsync(run);
        ended.Status.ShouldBe(RunStatus.Failed);
        ended.Failure.ShouldBe(_broken);
        ended.Cost.ShouldBe(Money.Zero);
        (await LedgerAsync(run)).ShouldBe(["hold 500000", "release -500000"]);
        (await Runs.ReadEventsAsync(run.OrgId, run.Id, 2, 10, Ct))!.Single().DataJson.ShouldBe(RunEvents.Status(RunStatus.Failed, _broken).DataJson);
        (await Outbox.ListAsync(run.OrgId, run.Id, Ct))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_without_callback_url_ends_without_a_delivery()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);

        (await Outbox.ListAsync(run.OrgId, run.Id, Ct)).ShouldBe([]);
    }

    [Fact]
    public async Task Of_many_finishes_at_once_one_wins()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        var claimed = await ClaimAsync();
        AttemptOutcome[] outcomes = [Success(claimed.Attempt), new AttemptOutcome.Failed(_broken), new AttemptOutcome.Canceled()];

        var won = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => Worker.FinishAsync(claimed.Attempt, outcomes[i % 3], Ct))));

        won.Count(w => w).ShouldBe(1);
        (await StatusesAsync(run)).Count.ShouldBe(3);
        (await Outbox.ListAsync(run.OrgId, run.Id, Ct))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_end_that_cannot_be_written_completely_is_rolled_back()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        var claimed = await ClaimAsync();
        Store.Composer.Broken.Add(run.Id);

        await Should.ThrowAsync<InvalidOperationException>(() => Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct));

        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Dispatching);
        (await LedgerAsync(run)).ShouldBe(["hold 500000"]);
        (await Maintenance.ReadLiveArtifactKeysAsync(Ct)).ShouldBeEmpty();
        Store.Composer.Broken.Clear();
        (await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_queued_run_is_canceled_at_once()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");

        var result = await Runs.CancelAsync(Acme.Id, run.Id, "changed my mind", Ct);

        result.Changed.ShouldBeTrue();
        result.Run.ShouldBe(await ReadAsync(run));
        result.Run!.Status.ShouldBe(RunStatus.Canceled);
        result.Run.CancelReason.ShouldBe("changed my mind");
        (await TryClaimAsync()).ShouldBeNull();
        (await LedgerAsync(run)).ShouldBe(["hold 500000", "release -500000"]);
        (await Outbox.ListAsync(run.OrgId, run.Id, Ct))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_worker_of_a_claimed_run_learns_of_the_cancellation_and_ends_it()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();

        var result = await Runs.CancelAsync(Acme.Id, run.Id, null, Ct);
        result.Changed.ShouldBeTrue();
        result.Run!.Status.ShouldBe(RunStatus.Dispatching);
        (await Worker.HeartbeatAsync(claimed.Attempt, Ct)).CancelRequested.ShouldBeTrue();
        (await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.Canceled(), Ct)).ShouldBeTrue();

        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Canceled);
        (await LedgerAsync(run)).ShouldBe(["hold 500000", "release -500000"]);
    }

    [Fact]
    public async Task A_second_cancellation_changes_nothing()
    {
        var claimedRun = await AdmitAsync();
        await ClaimAsync();
        var queuedRun = await AdmitAsync();
        foreach (var run in (Run[])[claimedRun, queuedRun])
        {
            (await Runs.CancelAsync(Acme.Id, run.Id, null, Ct)).Changed.ShouldBeTrue();
            var again = await Runs.CancelAsync(Acme.Id, run.Id, "again", Ct);
            again.Changed.ShouldBeFalse();
            again.Run!.CancelReason.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_platform_administrator_cancels_across_organisations()
    {
        var run = await AdmitAsync(Globex);

        (await Runs.CancelAsync(null, run.Id, null, Ct)).Run!.Status.ShouldBe(RunStatus.Canceled);
    }

    [Fact]
    public async Task A_success_written_before_the_worker_sees_the_cancellation_stands()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Runs.CancelAsync(Acme.Id, run.Id, null, Ct);

        (await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct)).ShouldBeTrue();

        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Succeeded);
    }

    [Theory]
    [InlineData("reaped")]
    [InlineData("handed back")]
    [InlineData("retried")]
    public async Task A_run_with_a_requested_cancellation_is_not_queued_again(string how)
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        var claimed = await ClaimAsync();
        await Runs.CancelAsync(Acme.Id, run.Id, null, Ct);

        switch (how)
        {
            case "reaped":
                Pass(31);
                await Maintenance.ReapExpiredLeasesAsync(Ct);
                break;
            case "handed back":
                await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.HandedBack(), Ct);
                break;
            default:
                await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.Retry(_broken, TimeSpan.Zero), Ct);
                break;
        }

        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Canceled);
        (await StatusesAsync(run)).ShouldBe(["queued", "dispatching", "canceled"]);
        (await LedgerAsync(run)).ShouldBe(["hold 500000", "release -500000"]);
        (await Outbox.ListAsync(run.OrgId, run.Id, Ct))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_no_worker_takes_in_time_fails_with_TIMED_OUT()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        Pass(Store.Policy.QueueTimeToLiveSeconds - 1);
        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(0);
        Pass(1);
        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(1);

        var ended = await ReadAsync(run);
        ended.Failure!.Code.ShouldBe(FailureCodes.TimedOut);
        ended.Failure.Stage.ShouldBe(FailureStages.Dispatch);
        (await Outbox.ListAsync(run.OrgId, run.Id, Ct))!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_of_a_busy_engine_waits_its_time_and_spends_no_attempt()
    {
        var run = await AdmitAsync();
        for (var i = 0; i < Store.Policy.MaxAttempts + 1; i++)
        {
            await Worker.FinishAsync((await ClaimAsync()).Attempt, new AttemptOutcome.HandedBack(TimeSpan.FromSeconds(20)), Ct);
            (await Worker.ClaimAsync(new(WorkerId, InstanceId, [Engine]), Ct)).ShouldBeNull();
            Pass(20);
        }

        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Queued);
    }

    [Fact]
    public async Task The_queues_time_to_live_does_not_apply_to_a_run_that_was_started_once()
    {
        var run = await AdmitAsync();
        await Worker.FinishAsync((await ClaimAsync()).Attempt, new AttemptOutcome.HandedBack(), Ct);
        Pass(Store.Policy.QueueTimeToLiveSeconds);

        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(0);
        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Queued);
    }

    [Fact]
    public async Task A_running_run_past_its_deadline_fails_with_TIMED_OUT_and_its_workers_writes_are_refused()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.AppendAsync(claimed.Attempt, new() { Status = RunStatus.Running }, Ct);
        Pass(Store.Policy.TotalDeadlineSeconds);

        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(1);

        (await ReadAsync(run)).Failure.ShouldBe(new RunFailure(FailureCodes.TimedOut, "The run was not finished before its total deadline.", FailureStages.Inference));
        await ShouldRefuseAsync(claimed.Attempt);
        (await AttemptOutcomesAsync(run)).ShouldBe(["timed_out"]);
    }

    [Fact]
    public async Task A_run_that_cannot_be_ended_holds_up_no_other()
    {
        var broken = await AdmitAsync(callbackUrl: "https://example.com/hook");
        var sound = await AdmitAsync(callbackUrl: "https://example.com/hook");
        Store.Composer.Broken.Add(broken.Id);
        Pass(Store.Policy.TotalDeadlineSeconds);

        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(1);

        (await ReadAsync(sound)).Status.ShouldBe(RunStatus.Failed);
        Store.Composer.Broken.Clear();
        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(1);
        (await ReadAsync(broken)).Status.ShouldBe(RunStatus.Failed);
    }
}
