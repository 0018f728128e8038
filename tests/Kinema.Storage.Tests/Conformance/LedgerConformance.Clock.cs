using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private static readonly TimeSpan _jump = TimeSpan.FromHours(30);

    [Fact]
    public async Task A_queued_run_does_not_wait_for_a_clock_that_was_set_back()
    {
        var earlier = await AdmitAsync();
        SetClock(-_jump);
        var later = await AdmitAsync();

        new[] { await ClaimAsync(), await ClaimAsync() }.Select(claim => claim.Run.Id).ShouldBe([earlier.Id, later.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task A_clock_that_was_set_forward_ends_no_run_and_no_lease()
    {
        var queued = await AdmitAsync(Globex);
        await AdmitAsync();
        var claimed = new[] { await ClaimAsync(), await ClaimAsync() }.Single(c => c.Run.OrgId == Acme.Id);
        var waiting = await AdmitAsync(Globex);
        SetClock(_jump);

        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(0);
        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(0);
        (await Worker.HeartbeatAsync(claimed.Attempt, Ct)).FenceIsCurrent.ShouldBeTrue();
        (await ReadAsync(queued)).Status.ShouldBe(RunStatus.Dispatching);
        (await ReadAsync(waiting)).Status.ShouldBe(RunStatus.Queued);
    }

    [Fact]
    public async Task Leases_and_deadlines_still_end_after_the_clock_was_set_back()
    {
        var run = await AdmitAsync();
        await ClaimAsync();
        var waiting = await AdmitAsync(Globex);
        SetClock(-_jump);

        Pass(Store.Policy.LeaseSeconds);
        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(1);
        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Queued);
        Pass(Store.Policy.TotalDeadlineSeconds);
        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBeGreaterThan(0);
        (await ReadAsync(waiting)).Status.ShouldBe(RunStatus.Failed);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task A_callback_is_repeated_after_its_delay_whatever_the_clock_says(int hours)
    {
        await EndedRunAsync();
        var delivery = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        await Outbox.RecordAsync(delivery.Id, new(Attempt(1, 500), "pending", "server_error", "500", Store.Clock.GetUtcNow().AddSeconds(1), null), Ct);
        SetClock(TimeSpan.FromHours(hours));

        (await ClaimDeliveryAsync()).ShouldBeNull();
        Pass(1);
        (await ClaimDeliveryAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_callers_see_is_the_clocks_time()
    {
        SetClock(_jump);
        var run = await AdmitAsync();
        await ClaimAsync();

        var read = await ReadAsync(run);
        read.CreatedAt.ShouldBe(Store.Clock.GetUtcNow());
        read.StartedAt.ShouldBe(Store.Clock.GetUtcNow());
        (await Runs.ReadEventsAsync(Acme.Id, run.Id, 0, 10, Ct)).ShouldNotBeNull().ShouldAllBe(e => e.At == Store.Clock.GetUtcNow());
    }

    [Fact]
    public async Task After_a_restart_with_the_clock_set_back_delays_are_what_they_were()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.Retry(_broken, TimeSpan.FromSeconds(2)), Ct);
        await EndedRunAsync();
        var delivery = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        await Outbox.RecordAsync(delivery.Id, new(Attempt(1, 500), "pending", "server_error", "500", Store.Clock.GetUtcNow().AddSeconds(1), null), Ct);
        Store.Close();
        SetClock(-_jump);
        await Store.OpenAsync();
        Pass(2);

        (await ClaimAsync()).Run.Id.ShouldBe(run.Id);
        (await ClaimDeliveryAsync()).ShouldNotBeNull().Id.ShouldBe(delivery.Id);
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task After_a_restart_steady_time_that_ran_apart_ends_no_run_and_delays_no_callback(int hours)
    {
        SetClock(TimeSpan.FromHours(hours));
        var run = await AdmitAsync();
        await EndedRunAsync();
        var delivery = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        await Outbox.RecordAsync(delivery.Id, new(Attempt(1, 500), "pending", "server_error", "500", Store.Clock.GetUtcNow().AddSeconds(1), null), Ct);
        (await ReadAsync(run)).DeadlineAt.ShouldBe(run.DeadlineAt);
        Store.Close();
        await Store.OpenAsync();
        Pass(1);

        (await Maintenance.ExpireOverdueAsync(Ct)).ShouldBe(0);
        (await ReadAsync(run)).DeadlineAt.ShouldBe(run.DeadlineAt);
        (await ClaimDeliveryAsync()).ShouldNotBeNull().Id.ShouldBe(delivery.Id);
        (await ClaimAsync()).Run.Id.ShouldBe(run.Id);
        Pass(Store.Policy.TotalDeadlineSeconds);
        await Maintenance.ExpireOverdueAsync(Ct);
        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Failed);
    }

    /// <summary>Sets the wall clock; monotonic time goes on.</summary>
    private void SetClock(TimeSpan by) => Store.Clock.WallOffset += by;
}
