using Kinema.Core.Callbacks;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task A_runs_trace_reaches_its_worker_and_every_callback()
    {
        var run = await AdmitAsync(NewRun(callbackUrl: "https://example.com/hook") with { TraceParent = TraceParent });

        var claim = await ClaimAsync();
        claim.Run.TraceParent.ShouldBe(TraceParent);
        (await Worker.FinishAsync(claim.Attempt, Success(claim.Attempt), Ct)).ShouldBeTrue();
        var delivery = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        delivery.TraceParent.ShouldBe(TraceParent);

        await Outbox.RecordAsync(delivery.Id, new(new(Guid.CreateVersion7(), 1, 200, null, 5, null, Store.Clock.GetUtcNow()), "delivered", null, null, null, null), Ct);
        (await Outbox.RedeliverAsync(run.OrgId, run.Id, Ct)).Outcome.ShouldBe(RedeliverOutcome.Created);
        (await ClaimDeliveryAsync())!.TraceParent.ShouldBe(TraceParent);
    }
}
