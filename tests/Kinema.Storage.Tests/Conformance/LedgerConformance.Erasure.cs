using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private IRunErasure Erasure => Store.Get<IRunErasure>();

    [Fact]
    public async Task An_erased_run_is_gone_for_its_caller_and_keeps_id_money_times_and_status()
    {
        var run = await AdmitAsync(NewRun(clientRef: "order-1"));
        var claimed = await ClaimAsync();
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);
        var ended = await ReadAsync(run);
        var ledger = await LedgerAsync(run);
        (await Erasure.EraseAsync(Globex.Id, run.Id, Ct)).Outcome.ShouldBe(RunErasureOutcome.NotFound);

        (await Erasure.EraseAsync(Acme.Id, run.Id, Ct)).Outcome.ShouldBe(RunErasureOutcome.Erased);

        (await Runs.FindAsync(Acme.Id, run.Id, Ct)).ShouldBeNull();
        (await Runs.ReadEventsAsync(Acme.Id, run.Id, 0, 10, Ct)).ShouldBeNull();
        (await Outbox.ListAsync(Acme.Id, run.Id, Ct)).ShouldBeNull();
        (await Outbox.RedeliverAsync(Acme.Id, run.Id, Ct)).Outcome.ShouldBe(RedeliverOutcome.RunNotFound);
        (await Runs.CancelAsync(null, run.Id, null, Ct)).Run.ShouldBeNull();
        (await Runs.ListAsync(Acme.Id, new() { Limit = 10 }, Ct)).Items.ShouldBeEmpty();
        (await Erasure.EraseAsync(Acme.Id, run.Id, Ct)).Outcome.ShouldBe(RunErasureOutcome.NotFound);
        (await LedgerAsync(run)).ShouldBe(ledger);
        (await Store.QueryAsync("SELECT id, status, cost, held, created_at, started_at, completed_at FROM runs")).ShouldBe(
            [$"{run.Id}|succeeded|500000|500000|{ended.CreatedAt.ToMicros()}|{ended.StartedAt!.Value.ToMicros()}|{ended.CompletedAt!.Value.ToMicros()}"]);
        (await Maintenance.ForgetExpiredMediaAsync(Store.Clock.GetUtcNow().AddDays(1), Store.Clock.GetUtcNow().AddDays(1), Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task A_run_is_not_erased_before_it_ended_or_while_a_delivery_is_due_or_under_way()
    {
        var run = await AdmitAsync(callbackUrl: "https://example.com/hook");
        await ShouldRefuseAsync(RunErasureOutcome.NotEnded);
        var claimed = await ClaimAsync();
        await ShouldRefuseAsync(RunErasureOutcome.NotEnded);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);
        await ShouldRefuseAsync(RunErasureOutcome.DeliveryDue);
        var first = (await ClaimDeliveryAsync()).ShouldNotBeNull();
        await ShouldRefuseAsync(RunErasureOutcome.DeliveryDue);
        await Outbox.RecordAsync(first.Id, new(Attempt(1, 500), "pending", "server_error", "500", Store.Clock.GetUtcNow().AddSeconds(1), null), Ct);
        await ShouldRefuseAsync(RunErasureOutcome.DeliveryDue);
        await Outbox.RecordAsync(first.Id, new(Attempt(2, 410), "failed", "rejected", "410", null, null), Ct);

        (await Erasure.EraseAsync(Acme.Id, run.Id, Ct)).Outcome.ShouldBe(RunErasureOutcome.Erased);

        (await Store.QueryAsync("SELECT count(*) FROM outbox")).ShouldBe(["0"]);
        Pass(3600);
        (await ClaimDeliveryAsync()).ShouldBeNull();

        async Task ShouldRefuseAsync(RunErasureOutcome outcome)
        {
            (await Erasure.EraseAsync(Acme.Id, run.Id, Ct)).Outcome.ShouldBe(outcome);
            (await Runs.FindAsync(Acme.Id, run.Id, Ct)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Inline_data_is_erased_with_its_run_and_an_upload_stays()
    {
        var (inline, upload, fetched) = (await PutAsync("inline"), await PutAsync("upload"), await PutAsync("fetched"));
        var inlineAsset = NewAsset(inline);
        var uploadAsset = NewAsset(upload) with { SourceType = "upload" };
        await Store.Get<IAssets>().CreateAsync(uploadAsset, Ct);
        var run = NewRun() with { EffectiveInputJson = $$"""{"image_url":"runflow://assets/{{inlineAsset.Id}}","end_image_url":"runflow://assets/{{uploadAsset.Id}}"}""" };
        await Runs.AdmitAsync(new(run, [], [inlineAsset]), NoLimits, Ct);
        var claimed = await ClaimAsync();
        await Worker.AppendAsync(claimed.Attempt, new() { Inputs = [Input("image_url", inline), Input("end_image_url", upload), Input("video_url", fetched)] }, Ct);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);

        (await Erasure.EraseAsync(Acme.Id, run.Id, Ct)).Outcome.ShouldBe(RunErasureOutcome.Erased);

        (await Store.Get<IAssets>().FindAsync(Acme.Id, inlineAsset.Id, Ct)).ShouldBeNull();
        (await Store.Get<IAssets>().FindAsync(Acme.Id, uploadAsset.Id, Ct)).ShouldNotBeNull();
        var contents = Store.Get<IContentStore>();
        ((string[])[inline, upload, fetched]).Select(digest => contents.Find(Acme.Id, digest) is not null).ShouldBe([false, true, false]);
    }

    [Fact]
    public async Task A_content_that_another_run_has_or_that_was_just_stored_again_stays()
    {
        var (shared, renewed) = (await PutAsync("shared"), await PutAsync("renewed"));
        var run = await EndedWithInputsAsync(shared, renewed);
        var other = await EndedWithInputsAsync(shared);
        Pass(1);
        await PutAsync("renewed"); // its record is yet to come

        await Erasure.EraseAsync(Acme.Id, run.Id, Ct);

        Store.Get<IContentStore>().Find(Acme.Id, shared).ShouldNotBeNull();
        Store.Get<IContentStore>().Find(Acme.Id, renewed).ShouldNotBeNull();
        await Erasure.EraseAsync(Acme.Id, other.Id, Ct);
        Store.Get<IContentStore>().Find(Acme.Id, shared).ShouldBeNull();
    }

    [Fact]
    public async Task Inline_data_that_an_unfinished_run_uses_keeps_its_run()
    {
        var asset = NewAsset(await PutAsync("inline"));
        var run = NewRun() with { EffectiveInputJson = $$"""{"image_url":"runflow://assets/{{asset.Id}}"}""" };
        await Runs.AdmitAsync(new(run, [], [asset]), NoLimits, Ct);
        await Runs.CancelAsync(Acme.Id, run.Id, null, Ct);
        var again = await AdmitAsync(NewRun() with { EffectiveInputJson = run.EffectiveInputJson, RetryOf = run.Id });
        (await ReadAsync(again)).RetryOf.ShouldBe(run.Id);

        (await Erasure.EraseAsync(Acme.Id, run.Id, Ct)).ShouldBe(new(RunErasureOutcome.InUse, again.Id));
        await Runs.CancelAsync(Acme.Id, again.Id, null, Ct);
        (await Erasure.EraseAsync(Acme.Id, run.Id, Ct)).Outcome.ShouldBe(RunErasureOutcome.Erased);
    }

    private async Task<Run> EndedWithInputsAsync(params string[] digests)
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.AppendAsync(claimed.Attempt, new() { Inputs = [.. digests.Select((digest, i) => Input($"field_{i}", digest))] }, Ct);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);
        return run;
    }

    private async Task<string> PutAsync(string text)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return (await Store.Get<IContentStore>().PutAsync(Acme.Id, content, 100, Ct)).ShouldNotBeNull().Digest;
    }

    private static RunInput Input(string field, string digest) => new(field, "https://example.com/cat.png", digest, "image/png", 1, 1, 1);
}
