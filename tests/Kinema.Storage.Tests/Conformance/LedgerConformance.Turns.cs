using Kinema.Core.Keys;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task One_run_beside_a_long_queue_of_another_organisation_starts_second()
    {
        for (var i = 0; i < 50; i++)
            await AdmitAsync(Acme);
        await ClaimAsync();
        Pass(1);
        var lone = await AdmitAsync(Globex);

        (await ClaimAsync()).Run.Id.ShouldBe(lone.Id);
        (await ClaimAsync()).Run.OrgId.ShouldBe(Acme.Id);
    }

    [Fact]
    public async Task Organisations_with_queued_runs_start_in_turn_and_each_ones_oldest_first()
    {
        var initech = await Store.Get<IOrganizations>().CreateAsync("Initech", Ct);
        var queued = new List<Run>();
        foreach (var org in new[] { Acme, Acme, Acme, Globex, Globex, initech })
        {
            queued.Add(await AdmitAsync(org));
            Pass(1);
        }

        var started = new List<Run>();
        while (await TryClaimAsync() is { } claim)
            started.Add(claim.Run);

        started.Select(run => run.OrgId).Take(3).ShouldBe([Acme.Id, Globex.Id, initech.Id], ignoreOrder: true);
        started.Select(run => run.OrgId).Skip(3).Take(2).ShouldBe([Acme.Id, Globex.Id], ignoreOrder: true);
        foreach (var org in new[] { Acme, Globex, initech })
            started.Where(run => run.OrgId == org.Id).Select(run => run.Id).ShouldBe(queued.Where(run => run.OrgId == org.Id).Select(run => run.Id));
    }

    [Fact]
    public async Task An_organisation_that_comes_back_waits_for_those_served_longer_ago()
    {
        foreach (var org in new[] { Acme, Globex, Acme, Globex })
            await AdmitAsync(org);
        var first = (await ClaimAsync()).Run.OrgId;
        var second = (await ClaimAsync()).Run.OrgId;

        second.ShouldNotBe(first);
        (await ClaimAsync()).Run.OrgId.ShouldBe(first);
        (await ClaimAsync()).Run.OrgId.ShouldBe(second);
    }

    [Fact]
    public async Task A_turn_is_not_lost_on_runs_of_an_engine_that_the_worker_lacks()
    {
        await AdmitAsync(NewRun(Globex, engine: "wan"));
        await AdmitAsync(Acme);

        (await ClaimAsync()).Run.OrgId.ShouldBe(Acme.Id);
        (await TryClaimAsync()).ShouldBeNull();
        (await TryClaimAsync("wan")).ShouldNotBeNull().Run.OrgId.ShouldBe(Globex.Id);
    }

    [Fact]
    public async Task Callbacks_of_organisations_are_sent_in_turn()
    {
        for (var i = 0; i < 10; i++)
            await EndedRunAsync();
        Pass(1);
        var lone = await CancelledRunAsync(Globex);

        var first = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        var second = (await ClaimDeliveryAsync()).ShouldNotBeNull();

        new[] { first.RunId, second.RunId }.ShouldContain(lone.Id);
        (await ClaimDeliveryAsync()).ShouldNotBeNull().OrgId.ShouldBe(Acme.Id);
    }

    [Fact]
    public async Task A_busy_organisations_callbacks_are_left()
    {
        await EndedRunAsync();
        var other = await CancelledRunAsync(Globex);

        var taken = await Outbox.ClaimDueAsync(InstanceId, _sendingTime, new([], [Acme.Id]), Ct);

        taken.ShouldNotBeNull().RunId.ShouldBe(other.Id);
        (await Outbox.ClaimDueAsync(InstanceId, _sendingTime, new([], [Acme.Id]), Ct)).ShouldBeNull();
    }

    private async Task<Run> CancelledRunAsync(Organization org)
    {
        var run = await AdmitAsync(org, "https://other.example/hook");
        await Runs.CancelAsync(org.Id, run.Id, null, Ct);
        return run;
    }
}
