using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Engines;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task An_upload_is_confirmed_once_its_content_came()
    {
        var assets = Store.Get<IAssets>();
        var asset = NewAsset();
        await assets.CreateAsync(asset, Ct);
        (await assets.ConfirmAsync(Acme.Id, asset.Id, null, Ct)).ShouldBeNull();
        (await assets.SetContentAsync(Globex.Id, asset.Id, new(new string('d', 64), 5, "image/png"), Ct)).ShouldBeFalse();
        (await assets.SetContentAsync(Acme.Id, asset.Id, new(new string('d', 64), 5, "image/png"), Ct)).ShouldBeTrue();
        (await assets.ConfirmAsync(Globex.Id, asset.Id, null, Ct)).ShouldBeNull();

        var confirmed = (await assets.ConfirmAsync(Acme.Id, asset.Id, null, Ct)).ShouldNotBeNull();

        confirmed.ShouldBe(asset with { Digest = new string('d', 64), SizeBytes = 5, ConfirmedAt = Store.Clock.GetUtcNow() });
        (await assets.SetContentAsync(Acme.Id, asset.Id, new(new string('e', 64), 6, "image/png"), Ct)).ShouldBeFalse();
        (await assets.FindAsync(Globex.Id, asset.Id, Ct)).ShouldBeNull();
        (await Maintenance.ReadLiveContentsAsync(Ct)).ShouldBe([(Acme.Id, new string('d', 64))]);
    }

    [Fact]
    public async Task Expired_outputs_are_forgotten_and_the_record_stays()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);
        Pass(3600);
        var young = await AdmitAsync();
        claimed = await ClaimAsync();
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);

        (await Maintenance.ForgetExpiredMediaAsync(DateTimeOffset.MinValue, Store.Clock.GetUtcNow(), Ct)).ShouldBe(1);

        var forgotten = await ReadAsync(run);
        forgotten.Status.ShouldBe(RunStatus.Succeeded);
        forgotten.Output!.Artifacts.ShouldBeEmpty();
        forgotten.Output.Seed.ShouldBe(7);
        (await ReadAsync(young)).Output!.Artifacts.Count.ShouldBe(1);
        (await Maintenance.ReadLiveArtifactKeysAsync(Ct)).ShouldBe([$"{young.Id}/1/video.mp4"]);
        (await Forgotten.FindAsync([$"{run.Id}/1/video.mp4", $"{young.Id}/1/video.mp4", "never"], Ct)).ShouldBe(
            new Dictionary<string, DateTimeOffset> { [$"{run.Id}/1/video.mp4"] = Store.Clock.GetUtcNow() });
        (await Maintenance.ForgetExpiredMediaAsync(DateTimeOffset.MinValue, Store.Clock.GetUtcNow(), Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Expired_inputs_are_forgotten_except_those_of_a_run_that_still_goes_on()
    {
        var digests = (string[])[new('1', 64), new('2', 64), new('3', 64), new('4', 64)];
        var done = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.AppendAsync(claimed.Attempt, new() { Inputs = [new("image_url", null, digests[0], "image/png", 1, 1, 1)] }, Ct);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);

        var named = NewAsset(digests[2]);
        var orphan = NewAsset(digests[3]);
        var going = NewRun() with { InputJson = $$"""{"image_url":"runflow://assets/{{named.Id}}"}""" };
        await Runs.AdmitAsync(new(going, [], [named, orphan]), NoLimits, Ct);
        claimed = await ClaimAsync();
        await Worker.AppendAsync(claimed.Attempt, new() { Inputs = [new("image_url", null, digests[1], "image/png", 1, 1, 1)] }, Ct);
        Pass(3600);

        (await Maintenance.ForgetExpiredMediaAsync(Store.Clock.GetUtcNow(), DateTimeOffset.MinValue, Ct)).ShouldBe(2);

        (await Maintenance.ReadLiveContentsAsync(Ct)).ShouldBe([(Acme.Id, digests[1]), (Acme.Id, digests[2])], ignoreOrder: true);
        (await Forgotten.FindAsync([.. digests.Append("never").Select(d => (Acme.Id, d))], Ct)).ShouldBe(
            new Dictionary<(Guid, string), DateTimeOffset> { [(Acme.Id, digests[0])] = Store.Clock.GetUtcNow(), [(Acme.Id, digests[3])] = Store.Clock.GetUtcNow() },
            ignoreOrder: true);
        (await Store.Get<IAssets>().FindAsync(Acme.Id, orphan.Id, Ct)).ShouldBeNull();
        (await Store.Get<IAssets>().FindAsync(Acme.Id, named.Id, Ct)).ShouldNotBeNull();
        (await ReadAsync(done)).Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public async Task The_latest_registration_says_what_an_engine_can_do()
    {
        await Worker.RegisterAsync(new(Guid.CreateVersion7(), InstanceId, "a", 1, [Descriptor("motion", "1"), Descriptor("wan", "1")]), Ct);
        Pass(1);
        await Worker.RegisterAsync(new(Guid.CreateVersion7(), InstanceId, "b", 1, [Descriptor("motion", "2")]), Ct);

        var engines = await Store.Get<IWorkerDirectory>().ReadEnginesAsync(Ct);

        engines.Keys.ShouldBe(["motion", "wan"], ignoreOrder: true);
        engines["motion"].Version.ShouldBe("2");
        engines["wan"].MediaRoles.ShouldBe([MediaRole.FirstFrame, MediaRole.LastFrame]);
        engines["wan"].Resolutions.ShouldBe([VideoResolution.Hd720, VideoResolution.Hd1080]);
        engines["wan"].MaxDurationSeconds.ShouldBe(15);
    }

    [Fact]
    public async Task A_worker_that_registers_again_replaces_its_registration()
    {
        await Worker.RegisterAsync(new(WorkerId, InstanceId, "a", 1, [Descriptor("wan", "1")]), Ct);
        await Worker.RegisterAsync(new(WorkerId, InstanceId, "a", 1, [Descriptor("motion", "1")]), Ct);

        (await Store.Get<IWorkerDirectory>().ReadEnginesAsync(Ct)).Keys.ShouldBe(["motion"]);
    }

    [Fact]
    public async Task A_worker_is_listed_with_the_runs_that_it_has_and_those_that_it_is_silent_about()
    {
        await Worker.RegisterAsync(new(WorkerId, InstanceId, "a", 2, [Descriptor("motion", "1")]), Ct);
        Pass(1);
        await Worker.RegisterAsync(new(Guid.CreateVersion7(), InstanceId, "b", 1, [Descriptor("wan", "1")]), Ct);
        await AdmitAsync();
        await ClaimAsync();

        var workers = await Store.Get<IWorkerList>().ListAsync(Ct);
        Pass(3600);
        var later = await Store.Get<IWorkerList>().ListAsync(Ct);

        workers.Select(worker => (worker.Name, worker.Capacity, worker.Active, worker.Silent)).ShouldBe([("a", 2, 1, 0), ("b", 1, 0, 0)]);
        workers[0].EngineIds.ShouldBe(["motion"]);
        (workers[1].RegisteredAt - workers[0].RegisteredAt).ShouldBe(TimeSpan.FromSeconds(1));
        later[0].Silent.ShouldBe(1);
    }

    [Fact]
    public async Task A_store_covers_the_time_from_its_first_schema_to_the_last_line_before_this_server()
    {
        var lifetimes = Store.Get<IStoreLifetime>();
        var created = Store.Clock.GetUtcNow();
        (await lifetimes.ReadAsync(Ct)).ShouldBe(new StoreLifetime(created, created));
        Pass(60);
        await AdmitAsync();
        var recorded = Store.Clock.GetUtcNow();
        Pass(60);
        Store.Close();
        await Store.OpenAsync();
        await AdmitAsync();

        (await Store.Get<IStoreLifetime>().ReadAsync(Ct)).ShouldBe(new StoreLifetime(created, recorded));
    }

    private IForgottenMedia Forgotten => Store.Get<IForgottenMedia>();

    private static EngineDescriptor Descriptor(string id, string version) => new()
    {
        Id = id,
        Version = version,
        DisplayName = "An engine",
        MediaRoles = [MediaRole.FirstFrame, MediaRole.LastFrame],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 2,
        MaxDurationSeconds = 15,
    };
}
