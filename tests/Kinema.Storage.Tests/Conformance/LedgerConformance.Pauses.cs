using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private ICallbackPauses Pauses => Store.Get<ICallbackPauses>();

    [Fact]
    public async Task Callbacks_of_a_paused_organisation_wait_also_across_a_restart_and_those_of_others_are_sent()
    {
        var run = await EndedRunAsync();
        (await Pauses.PauseAsync(Acme.Id, Ct)).ShouldBe(new(Store.Clock.GetUtcNow(), 1, 0));
        (await ClaimDeliveryAsync()).ShouldBeNull();
        var other = await CancelledRunAsync(Globex);
        var sentToOther = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        sentToOther.RunId.ShouldBe(other.Id);
        await Outbox.RecordAsync(sentToOther.Id, new(Attempt(1, 200), "delivered", null, null, null, null), Ct);

        Store.Close();
        await Store.OpenAsync();
        Pass(3600);
        (await ClaimDeliveryAsync()).ShouldBeNull();
        (await Pauses.ListAsync(Ct)).ShouldBe([Acme.Id]);

        (await Pauses.ResumeAsync(Acme.Id, Ct)).ShouldBe(new(null, 1, 0));
        var sent = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        (sent.RunId, sent.AttemptCount).ShouldBe((run.Id, 0));
    }

    [Fact]
    public async Task A_delivery_says_since_when_it_is_paused()
    {
        var run = await EndedRunAsync();
        await Pauses.PauseAsync(Acme.Id, Ct);
        var since = Store.Clock.GetUtcNow();
        Pass(5);
        await Pauses.PauseAsync(Acme.Id, Ct);

        var waiting = (await Outbox.ListAsync(Acme.Id, run.Id, Ct))!.Single();
        (waiting.Status, waiting.AttemptCount, waiting.PausedAt).ShouldBe(("pending", 0, since));
        await Pauses.ResumeAsync(Acme.Id, Ct);
        (await Outbox.ListAsync(Acme.Id, run.Id, Ct))!.Single().PausedAt.ShouldBeNull();
    }

    [Fact]
    public async Task An_attempt_under_way_ends_as_it_would_and_its_retry_waits_for_the_end_of_the_pause()
    {
        await EndedRunAsync();
        var delivery = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        (await Pauses.PauseAsync(Acme.Id, Ct)).UnderWay.ShouldBe(1);

        await Outbox.RecordAsync(delivery.Id, new(Attempt(1, 500), "pending", "server_error", "500", Store.Clock.GetUtcNow().AddSeconds(1), null), Ct);
        var state = await Pauses.ReadAsync(Acme.Id, Ct);
        (state.Waiting, state.UnderWay).ShouldBe((1, 0));
        Pass(1);
        (await ClaimDeliveryAsync()).ShouldBeNull();

        await Pauses.ResumeAsync(Acme.Id, Ct);
        (await ClaimDeliveryAsync()).ShouldNotBeNull().AttemptCount.ShouldBe(1);
    }

    [Fact]
    public async Task An_organisation_at_its_limit_of_active_runs_waits_until_one_has_ended()
    {
        Store.Policy.MaxActivePerOrganization = 1;
        var first = await AdmitAsync(Acme);
        Pass(1);
        await AdmitAsync(Acme);
        var other = await AdmitAsync(Globex);

        var claims = new[] { await ClaimAsync(), await ClaimAsync() };
        claims.Select(claim => claim.Run.Id).ShouldBe([first.Id, other.Id], ignoreOrder: true);
        (await TryClaimAsync()).ShouldBeNull();

        await Worker.FinishAsync(claims.Single(claim => claim.Run.OrgId == Acme.Id).Attempt, new AttemptOutcome.Canceled(), Ct);
        (await ClaimAsync()).Run.OrgId.ShouldBe(Acme.Id);
    }
}
