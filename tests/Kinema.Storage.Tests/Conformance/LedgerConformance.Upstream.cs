using Kinema.Core.Pricing;
using Kinema.Core.Upstream;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private const string Lane = "provider/account/model";
    private static readonly SpendLimits _unlimited = new(Money.Zero, Money.Zero);
    private static readonly Money _half = Money.Parse("0.50");

    private IUpstreamTasks Upstream => Store.Get<IUpstreamTasks>();

    [Fact]
    public async Task A_submit_is_reserved_once_whatever_becomes_of_its_answer()
    {
        var reserved = (await ReserveAsync("a")).ShouldBeOfType<UpstreamReservation.Reserved>().Task;
        (reserved.State, reserved.TaskId, reserved.AnsweredAt).ShouldBe((UpstreamState.Submitting, null, null));
        (await ReserveAsync("a")).ShouldBeOfType<UpstreamReservation.Exists>().Task.State.ShouldBe(UpstreamState.Submitting);

        Pass(2);
        await Upstream.DoubtfulAsync("a", Ct);
        var doubtful = (await ReserveAsync("a")).ShouldBeOfType<UpstreamReservation.Exists>().Task;
        (doubtful.State, doubtful.AnsweredAt - doubtful.SentAt).ShouldBe((UpstreamState.Doubtful, TimeSpan.FromSeconds(2)));
        (await Upstream.ListDoubtfulAsync(Lane, Ct)).ShouldHaveSingleItem().Key.ShouldBe("a");

        (await Upstream.SubmittedAsync("a", "task-1", Ct)).ShouldBeTrue();
        (await ReserveAsync("a")).ShouldBeOfType<UpstreamReservation.Exists>().Task.TaskId.ShouldBe("task-1");
        (await Upstream.ListDoubtfulAsync(Lane, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_submit_holds_nothing_and_may_be_reserved_again_with_its_first_time()
    {
        var first = (await ReserveAsync("a")).ShouldBeOfType<UpstreamReservation.Reserved>().Task;
        await Upstream.RejectedAsync("a", Ct);
        (await Upstream.ReadSpendAsync("acme", Ct)).InAll.ShouldBe(Money.Zero);

        Pass(60);
        var again = (await ReserveAsync("a")).ShouldBeOfType<UpstreamReservation.Reserved>().Task;
        (again.CreatedAt, again.SentAt).ShouldBe((first.CreatedAt, first.SentAt.AddSeconds(60)));
    }

    [Fact]
    public async Task One_submit_of_a_lane_is_under_way_at_a_time()
    {
        await ReserveAsync("a");
        (await ReserveAsync("b")).ShouldBeOfType<UpstreamReservation.LaneTaken>();
        (await ReserveAsync("c", lane: "provider/another/model")).ShouldBeOfType<UpstreamReservation.Reserved>();

        await Upstream.SubmittedAsync("a", "task-1", Ct);
        (await ReserveAsync("b")).ShouldBeOfType<UpstreamReservation.Reserved>();
    }

    [Fact]
    public async Task A_submit_that_was_under_way_when_its_process_died_is_doubtful()
    {
        await ReserveAsync("a");
        await Upstream.InterruptedAsync(Lane, Ct);

        (await Upstream.FindAsync("a", Ct)).ShouldNotBeNull().State.ShouldBe(UpstreamState.Doubtful);
        (await ReserveAsync("b")).ShouldBeOfType<UpstreamReservation.Reserved>();
    }

    [Fact]
    public async Task A_task_belongs_to_one_run()
    {
        await ReserveAsync("a");
        await Upstream.SubmittedAsync("a", "task-1", Ct);
        await ReserveAsync("b");
        await Upstream.DoubtfulAsync("b", Ct);

        (await Upstream.SubmittedAsync("b", "task-1", Ct)).ShouldBeFalse();

        (await Upstream.FindAsync("b", Ct)).ShouldNotBeNull().State.ShouldBe(UpstreamState.Doubtful);
        (await Upstream.FindClaimedAsync(Lane, ["task-1", "task-2"], Ct)).ShouldBe(["task-1"]);
    }

    [Fact]
    public async Task The_day_s_spend_is_limited_in_all_and_for_each_organisation()
    {
        var limits = new SpendLimits(Money.Parse("1.50"), Money.Parse("1.00"));
        await SubmitAsync("a", "acme", limits);
        await SubmitAsync("b", "acme", limits);
        (await ReserveAsync("c", "acme", limits)).ShouldBe(new UpstreamReservation.SpendReached(OfOrganization: true));
        await SubmitAsync("d", "globex", limits);
        (await ReserveAsync("e", "initech", limits)).ShouldBe(new UpstreamReservation.SpendReached(OfOrganization: false));
        (await Upstream.ReadSpendAsync("acme", Ct)).ShouldBe(new UpstreamSpend(Money.Parse("1.50"), Money.Parse("1.00")));

        // The real cost replaces what was held; one that nobody knows counts with what was held.
        await Upstream.EndedAsync("a", UpstreamOutcome.Succeeded, Money.Parse("0.20"), Ct);
        await Upstream.EndedAsync("b", UpstreamOutcome.Unknown, cost: null, Ct);
        await Upstream.EndedAsync("d", UpstreamOutcome.Failed, Money.Zero, Ct);
        (await Upstream.ReadSpendAsync("acme", Ct)).ShouldBe(new UpstreamSpend(Money.Parse("0.70"), Money.Parse("0.70")));

        Pass(12 * 3600);
        (await Upstream.ReadSpendAsync("acme", Ct)).InAll.ShouldBe(Money.Zero);
        (await ReserveAsync("e", "initech", limits)).ShouldBeOfType<UpstreamReservation.Reserved>();
    }

    [Fact]
    public async Task The_cost_of_a_task_is_a_line_of_its_run_s_ledger_once_and_changes_no_charge()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        var key = run.Id.ToString();
        await SubmitAsync(key, "acme", _unlimited);
        await Upstream.EndedAsync(key, UpstreamOutcome.Succeeded, Money.Parse("0.40"), Ct);
        await Upstream.EndedAsync(key, UpstreamOutcome.Succeeded, Money.Parse("0.70"), Ct);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);

        (await LedgerAsync(run)).ShouldBe(["hold 500000", "provider_cost 400000", "release -500000", "charge 500000"], ignoreOrder: true);
    }

    [Fact]
    public async Task Open_tasks_of_runs_that_have_ended_are_left_to_be_watched()
    {
        var (going, canceled) = (await AdmitAsync(), await AdmitAsync());
        await SubmitAsync(going.Id.ToString(), "acme", _unlimited);
        await SubmitAsync(canceled.Id.ToString(), "acme", _unlimited);
        (await Upstream.ListLeftAsync(Lane, Ct)).ShouldBeEmpty();

        await Runs.CancelAsync(canceled.OrgId, canceled.Id, reason: null, Ct);
        (await Upstream.ListLeftAsync(Lane, Ct)).ShouldHaveSingleItem().TaskId.ShouldBe("id of " + canceled.Id);

        await Upstream.EndedAsync(canceled.Id.ToString(), UpstreamOutcome.Canceled, Money.Zero, Ct);
        (await Upstream.ListLeftAsync(Lane, Ct)).ShouldBeEmpty();
    }

    private Task<UpstreamReservation> ReserveAsync(string key, string organization = "acme", SpendLimits? limits = null, string lane = Lane) =>
        Upstream.ReserveAsync(new(key, lane, organization, _half), limits ?? _unlimited, Ct);

    private async Task SubmitAsync(string key, string organization, SpendLimits limits)
    {
        (await ReserveAsync(key, organization, limits)).ShouldBeOfType<UpstreamReservation.Reserved>();
        (await Upstream.SubmittedAsync(key, "id of " + key, Ct)).ShouldBeTrue();
    }
}
