using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private static readonly TimeSpan _sendingTime = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_due_callback_is_taken_by_one_dispatcher_at_a_time()
    {
        await EndedRunAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(ClaimDeliveryAsync)));

        taken.Count(d => d is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_dispatchers_callback_becomes_due_again_when_its_lease_ends()
    {
        await EndedRunAsync();
        var first = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        Pass(59);
        (await ClaimDeliveryAsync()).ShouldBeNull();
        Pass(1);

        var second = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        second.Id.ShouldBe(first.Id);
        second.Payload.ToArray().ShouldBe(first.Payload.ToArray());
    }

    [Fact]
    public async Task Callbacks_of_a_dead_instance_are_due_at_once()
    {
        await EndedRunAsync();
        await Outbox.ClaimDueAsync(Guid.CreateVersion7(), _sendingTime, BusyReceivers.None, Ct);
        (await ClaimDeliveryAsync()).ShouldBeNull();

        (await Outbox.ReclaimFromDeadInstancesAsync(InstanceId, Ct)).ShouldBe(1);

        (await ClaimDeliveryAsync()).ShouldNotBeNull();
        (await Outbox.ReclaimFromDeadInstancesAsync(InstanceId, Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Callbacks_of_a_busy_endpoint_are_skipped()
    {
        await EndedRunAsync("https://slow.example/a");
        Pass(1);
        var quick = await EndedRunAsync("https://quick.example/b");

        var taken = await Outbox.ClaimDueAsync(InstanceId, _sendingTime, new(["https://slow.example"], []), Ct);

        taken.ShouldNotBeNull().RunId.ShouldBe(quick.Id);
    }

    [Fact]
    public async Task Each_attempt_of_a_callback_can_be_read_afterwards()
    {
        var run = await EndedRunAsync();
        var secret = Guid.CreateVersion7();
        var delivery = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        var first = Attempt(1, 500);
        await Outbox.RecordAsync(delivery.Id, new(first, "pending", "server_error", "500", Store.Clock.GetUtcNow().AddSeconds(1), secret), Ct);
        (await ClaimDeliveryAsync()).ShouldBeNull();
        Pass(1);
        var second = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        second.AttemptCount.ShouldBe(1);
        second.Attempts.ShouldBe([first]);
        await Outbox.RecordAsync(delivery.Id, new(Attempt(2, 200), "delivered", null, null, null, secret), Ct);

        var ended = (await Outbox.ListAsync(Acme.Id, run.Id, Ct))!.Single();
        ended.Status.ShouldBe("delivered");
        ended.FailureReasonCode.ShouldBeNull();
        ended.SigningSecretId.ShouldBe(secret);
        ended.AttemptCount.ShouldBe(2);
        ended.NextAttemptAt.ShouldBeNull();
        ended.CompletedAt.ShouldBe(Store.Clock.GetUtcNow());
        ended.Attempts.Select(a => (a.AttemptNumber, a.HttpStatusCode)).ShouldBe([(1, 500), (2, 200)]);
        Pass(3600);
        (await ClaimDeliveryAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_late_report_does_not_undo_a_delivery()
    {
        var run = await EndedRunAsync();
        var delivery = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        await Outbox.RecordAsync(delivery.Id, new(Attempt(1, 200), "delivered", null, null, null, null), Ct);
        await Outbox.RecordAsync(delivery.Id, new(Attempt(1, 500), "pending", "server_error", "500", Store.Clock.GetUtcNow(), null), Ct);

        var ended = (await Outbox.ListAsync(Acme.Id, run.Id, Ct))!.Single();
        ended.Status.ShouldBe("delivered");
        ended.FailureReasonCode.ShouldBeNull();
        ended.Attempts.Select(a => (a.AttemptNumber, a.HttpStatusCode)).ShouldBe([(1, 200), (2, 500)]);
    }

    [Fact]
    public async Task A_run_is_redelivered_only_when_it_ended_and_has_an_address_and_nothing_is_on_its_way()
    {
        var silent = await AdmitAsync();
        var pending = await AdmitAsync(callbackUrl: "https://example.com/hook");
        (await Outbox.RedeliverAsync(Acme.Id, pending.Id, Ct)).Outcome.ShouldBe(RedeliverOutcome.RunNotTerminal);
        await Runs.CancelAsync(Acme.Id, silent.Id, null, Ct);
        await Runs.CancelAsync(Acme.Id, pending.Id, null, Ct);
        (await Outbox.RedeliverAsync(Acme.Id, Guid.CreateVersion7(), Ct)).Outcome.ShouldBe(RedeliverOutcome.RunNotFound);
        (await Outbox.RedeliverAsync(Acme.Id, silent.Id, Ct)).Outcome.ShouldBe(RedeliverOutcome.NoCallbackUrl);
        (await Outbox.RedeliverAsync(Acme.Id, pending.Id, Ct)).Outcome.ShouldBe(RedeliverOutcome.InFlight);

        var first = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        await Outbox.RecordAsync(first.Id, new(Attempt(1, 410), "failed", "rejected", "410", null, null), Ct);
        var again = await Outbox.RedeliverAsync(Acme.Id, pending.Id, Ct);

        again.Outcome.ShouldBe(RedeliverOutcome.Created);
        again.Delivery!.IsAutomatic.ShouldBeFalse();
        (await Outbox.RedeliverAsync(Acme.Id, pending.Id, Ct)).Outcome.ShouldBe(RedeliverOutcome.InFlight);
        (await Outbox.ListAsync(Acme.Id, pending.Id, Ct))!.Select(d => (d.IsAutomatic, d.Status)).ShouldBe([(false, "pending"), (true, "failed")]);
        (await ClaimDeliveryAsync()).ShouldNotBeNull().Id.ShouldBe(again.Delivery.Id);
    }

    private async Task<Run> EndedRunAsync(string callbackUrl = "https://example.com/hook")
    {
        var run = await AdmitAsync(callbackUrl: callbackUrl);
        await Runs.CancelAsync(Acme.Id, run.Id, null, Ct);
        return run;
    }

    private Task<Delivery?> ClaimDeliveryAsync() => Outbox.ClaimDueAsync(InstanceId, _sendingTime, BusyReceivers.None, Ct);

    private DeliveryAttempt Attempt(int number, int statusCode) =>
        new(Guid.CreateVersion7(Store.Clock.GetUtcNow()), number, statusCode, "body", 12, null, Store.Clock.GetUtcNow());
}
