using Kinema.Core.Assets;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task An_admitted_run_reads_back_as_it_was_written()
    {
        var run = await AdmitAsync(NewRun(callbackUrl: "https://example.com/hook", clientRef: "order-1"));

        (await ReadAsync(run)).ShouldBe(run);
    }

    [Fact]
    public async Task An_admitted_run_holds_its_price_and_begins_its_history()
    {
        var run = NewRun();
        await Runs.AdmitAsync(new(run, [RunEvents.Log("info", "Ignored field 'foo'.")], []), NoLimits, Ct);

        (await LedgerAsync(run)).ShouldBe(["hold 500000"]);
        var history = (await Runs.ReadEventsAsync(run.OrgId, run.Id, 0, 100, Ct)).ShouldNotBeNull();
        history.Select(e => (e.Sequence, e.Type)).ShouldBe([(1, "status"), (2, "log")]);
        history[0].DataJson.ShouldBe("""{"status_code":"queued"}""");
    }

    [Fact]
    public async Task Inline_assets_are_stored_with_the_run()
    {
        var run = NewRun();
        var asset = NewAsset(digest: new string('b', 64));
        await Runs.AdmitAsync(new(run, [], [asset]), NoLimits, Ct);

        (await Store.Get<IAssets>().FindAsync(Acme.Id, asset.Id, Ct)).ShouldBe(asset);
    }

    [Fact]
    public async Task A_full_store_admits_nothing_and_keeps_nothing_of_what_it_refused()
    {
        await AdmitAsync(Globex);
        var run = NewRun();
        var asset = NewAsset();

        (await Runs.AdmitAsync(new(run, [], [asset]), new(1, 10), Ct)).ShouldBe(AdmitOutcome.QueueFull);

        (await Runs.FindAsync(Acme.Id, run.Id, Ct)).ShouldBeNull();
        (await Store.Get<IAssets>().FindAsync(Acme.Id, asset.Id, Ct)).ShouldBeNull();
        (await LedgerAsync(run)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_organisation_cannot_take_more_than_its_share_of_the_queue()
    {
        await AdmitAsync();

        (await Runs.AdmitAsync(new(NewRun(), [], []), new(10, 1), Ct)).ShouldBe(AdmitOutcome.OrgQueueFull);
        (await Runs.AdmitAsync(new(NewRun(Globex), [], []), new(10, 1), Ct)).ShouldBe(AdmitOutcome.Admitted);
    }

    [Fact]
    public async Task A_claimed_run_no_longer_counts_as_waiting()
    {
        await AdmitAsync();
        await ClaimAsync();

        (await Runs.AdmitAsync(new(NewRun(), [], []), new(1, 1), Ct)).ShouldBe(AdmitOutcome.Admitted);
        (await Runs.ReadQueueDepthAsync(Ct)).ShouldBe(new QueueDepth(Queued: 1, Active: 1));
    }

    [Fact]
    public async Task Many_callers_at_once_never_overfill_the_queue()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => Runs.AdmitAsync(new(NewRun(), [], []), new(25, 100), Ct))));

        outcomes.Count(o => o == AdmitOutcome.Admitted).ShouldBe(25);
        (await Runs.ReadQueueDepthAsync(Ct)).Queued.ShouldBe(25);
    }

    [Fact]
    public async Task A_run_of_another_organisation_is_not_found()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");

        (await Runs.FindAsync(Globex.Id, run.Id, Ct)).ShouldBeNull();
        (await Runs.ReadEventsAsync(Globex.Id, run.Id, 0, 10, Ct)).ShouldBeNull();
        (await Runs.ReadLedgerAsync(Globex.Id, run.Id, Ct)).ShouldBeEmpty();
        (await Runs.CancelAsync(Globex.Id, run.Id, null, Ct)).ShouldBe(new CancelResult(Changed: false, Run: null));
        (await Runs.ListAsync(Globex.Id, new() { Limit = 10 }, Ct)).Items.ShouldBeEmpty();
        (await Outbox.ListAsync(Globex.Id, run.Id, Ct)).ShouldBeNull();
        (await Outbox.RedeliverAsync(Globex.Id, run.Id, Ct)).Outcome.ShouldBe(Core.Callbacks.RedeliverOutcome.RunNotFound);
        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Queued);
    }

    private Asset NewAsset(string? digest = null) => new()
    {
        Id = Guid.CreateVersion7(Store.Clock.GetUtcNow()),
        OrgId = Acme.Id,
        Name = "cat.png",
        MimeType = "image/png",
        SizeBytes = 10,
        Digest = digest,
        SourceType = digest is null ? "upload" : "inline",
        CreatedAt = Store.Clock.GetUtcNow(),
        ConfirmedAt = digest is null ? null : Store.Clock.GetUtcNow(),
    };
}
