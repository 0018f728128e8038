using Kinema.Core.Admission;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Workers;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private IRemoteWorkers RemoteWorkers => Store.Get<IRemoteWorkers>();

    [Fact]
    public async Task A_remote_worker_is_found_with_its_key_and_engines_and_a_worker_of_the_server_is_not()
    {
        var key = await CreateWorkerKeyAsync();
        (await RegisterRemoteAsync(key)).ShouldBeTrue();
        var local = Guid.CreateVersion7();
        await Worker.RegisterAsync(new(local, InstanceId, "here", 1, [Descriptor("motion", "1")]), Ct);

        var found = (await RemoteWorkers.FindAsync(WorkerId, Ct)).ShouldNotBeNull();

        (found.Id, found.KeyId, found.Name, found.Draining).ShouldBe((WorkerId, key.Id, "gpu", false));
        found.Engines.Single().Id.ShouldBe(Engine);
        (await RemoteWorkers.FindAsync(local, Ct)).ShouldBeNull();
        (await RemoteWorkers.FindAsync(Guid.CreateVersion7(), Ct)).ShouldBeNull();
        var listed = await Store.Get<IWorkerList>().ListAsync(Ct);
        listed[0].Remote.ShouldBe(new RemoteWorkerFacts(key.Id, 1, "0.9.0"));
        listed[0].HeardAt.ShouldBe(Store.Clock.GetUtcNow());
        (listed[1].Remote, listed[1].HeardAt).ShouldBe((null, null));
    }

    [Fact]
    public async Task Nobody_registers_as_another_key_s_worker_or_as_one_of_the_server()
    {
        var (key, other) = (await CreateWorkerKeyAsync(), await CreateWorkerKeyAsync());
        await RegisterRemoteAsync(key);
        var local = Guid.CreateVersion7();
        await Worker.RegisterAsync(new(local, InstanceId, "here", 1, [Descriptor("motion", "1")]), Ct);

        (await RegisterRemoteAsync(other)).ShouldBeFalse();
        (await RegisterRemoteAsync(other, local)).ShouldBeFalse();
        (await Worker.RegisterAsync(new(WorkerId, InstanceId, "here", 1, []), Ct)).ShouldBeFalse();

        (await RemoteWorkers.FindAsync(WorkerId, Ct)).ShouldNotBeNull().KeyId.ShouldBe(key.Id);
        (await RemoteWorkers.FindAsync(local, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_draining_worker_gets_no_more_runs_and_finishes_those_it_has()
    {
        var key = await CreateWorkerKeyAsync();
        await RegisterRemoteAsync(key);
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await AdmitAsync();

        (await RemoteWorkers.DrainAsync(WorkerId, Ct)).ShouldBeTrue();
        (await TryClaimAsync()).ShouldBeNull();
        (await RegisterRemoteAsync(key)).ShouldBeTrue();
        (await TryClaimAsync()).ShouldBeNull();

        (await RemoteWorkers.FindAsync(WorkerId, Ct)).ShouldNotBeNull().Draining.ShouldBeTrue();
        (await Store.Get<IWorkerList>().ListAsync(Ct)).Single().Draining.ShouldBeTrue();
        (await Worker.HeartbeatAsync(claimed.Attempt, Ct)).FenceIsCurrent.ShouldBeTrue();
        (await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct)).ShouldBeTrue();
        (await ReadAsync(run)).Status.ShouldBe(RunStatus.Succeeded);
        (await RemoteWorkers.DrainAsync(WorkerId, Ct)).ShouldBeTrue();
        (await RemoteWorkers.DrainAsync(Guid.CreateVersion7(), Ct)).ShouldBeFalse();
        (await Worker.ClaimAsync(new(Guid.CreateVersion7(), InstanceId, [Engine]), Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_remote_worker_that_was_removed_is_listed_no_more_and_its_engines_do_not_count()
    {
        await RegisterRemoteAsync(await CreateWorkerKeyAsync());
        var local = Guid.CreateVersion7();
        await Worker.RegisterAsync(new(local, InstanceId, "here", 1, []), Ct);

        (await RemoteWorkers.RemoveAsync(WorkerId, Ct)).ShouldBeTrue();

        (await RemoteWorkers.FindAsync(WorkerId, Ct)).ShouldBeNull();
        (await Store.Get<IWorkerList>().ListAsync(Ct)).Single().Id.ShouldBe(local);
        (await Store.Get<IWorkerDirectory>().ReadEnginesAsync(Ct)).ShouldBeEmpty();
        (await RemoteWorkers.RemoveAsync(WorkerId, Ct)).ShouldBeFalse();
        (await RemoteWorkers.RemoveAsync(local, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_is_told_again_what_it_holds()
    {
        await RegisterRemoteAsync(await CreateWorkerKeyAsync());
        await AdmitAsync();
        var claimed = await ClaimAsync();
        var input = new RunInput("image_url", null, new string('c', 64), "image/png", 10, 600, 400);
        await Worker.AppendAsync(claimed.Attempt, new() { Inputs = [input], Checkpoint = "step 1", Status = RunStatus.Running }, Ct);
        await AdmitAsync();
        (await Worker.ClaimAsync(new(Guid.CreateVersion7(), InstanceId, [Engine]), Ct)).ShouldNotBeNull();

        var held = (await RemoteWorkers.ListHeldAsync(WorkerId, Ct)).ShouldHaveSingleItem();

        (held.Attempt, held.AttemptNumber, held.Checkpoint).ShouldBe((claimed.Attempt, 1, "step 1"));
        held.Run.Id.ShouldBe(claimed.Run.Id);
        held.Inputs.ShouldBe([input]);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);
        (await RemoteWorkers.ListHeldAsync(WorkerId, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_numbered_message_is_written_once_and_one_without_a_number_always()
    {
        var run = await AdmitAsync();
        var first = await ClaimAsync();

        foreach (var sequence in (long?[])[1, 1, 4, 3, 4, null, null, 5])
            (await Worker.AppendAsync(first.Attempt, new() { Events = [RunEvents.Log("info", $"{sequence}")], Checkpoint = $"{sequence}", Sequence = sequence }, Ct)).ShouldBeTrue();
        (await MessagesAsync(run)).ShouldBe(["1", "4", "", "", "5"]);

        await Should.ThrowAsync<ArgumentException>(() => Worker.AppendAsync(first.Attempt, new() { Sequence = 0 }, Ct));
        await Worker.FinishAsync(first.Attempt, new AttemptOutcome.HandedBack(), Ct);
        (await Worker.AppendAsync(first.Attempt, new() { Sequence = 6 }, Ct)).ShouldBeFalse();
        var second = await ClaimAsync();
        second.Checkpoint.ShouldBe("5");
        (await Worker.AppendAsync(second.Attempt, new() { Events = [RunEvents.Log("info", "again 1")], Sequence = 1 }, Ct)).ShouldBeTrue();
        (await MessagesAsync(run))[^1].ShouldBe("again 1");
    }

    [Fact]
    public async Task A_remote_worker_s_engine_counts_while_it_is_heard_and_a_while_after_a_start()
    {
        Pass(3600);
        await RegisterRemoteAsync(await CreateWorkerKeyAsync());
        Pass(59);
        (await EnginesAsync()).ShouldBe([Engine]);
        await TryClaimAsync();
        Pass(59);
        (await EnginesAsync()).ShouldBe([Engine]);
        await AdmitAsync();
        var claimed = await ClaimAsync();
        Pass(59);
        await Worker.HeartbeatAsync(claimed.Attempt, Ct);
        Pass(59);
        (await EnginesAsync()).ShouldBe([Engine]);
        Pass(1);
        (await EnginesAsync()).ShouldBeEmpty();

        Store.Close();
        await Store.OpenAsync();
        (await EnginesAsync()).ShouldBe([Engine]);
        Pass(60);
        (await EnginesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_a_remote_worker_was_heard_is_written_every_ten_seconds_at_most()
    {
        await RegisterRemoteAsync(await CreateWorkerKeyAsync());
        var registered = Store.Clock.GetUtcNow();
        Pass(9);
        await TryClaimAsync();
        (await Store.Get<IWorkerList>().ListAsync(Ct)).Single().HeardAt.ShouldBe(registered);
        Pass(1);
        await TryClaimAsync();
        (await Store.Get<IWorkerList>().ListAsync(Ct)).Single().HeardAt.ShouldBe(registered.AddSeconds(10));
    }

    [Fact]
    public async Task A_remote_worker_that_is_not_heard_for_a_day_is_removed()
    {
        var key = await CreateWorkerKeyAsync();
        await RegisterRemoteAsync(key);
        Pass(86_399);
        (await Store.Get<IWorkerList>().ListAsync(Ct)).Count.ShouldBe(1);
        Pass(1);
        (await Store.Get<IWorkerList>().ListAsync(Ct)).ShouldBeEmpty();

        var next = Guid.CreateVersion7();
        await RegisterRemoteAsync(key, next);

        (await RemoteWorkers.FindAsync(WorkerId, Ct)).ShouldBeNull();
        (await RemoteWorkers.FindAsync(next, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_server_that_starts_again_leaves_a_remote_attempt_its_fence_and_gives_it_a_whole_lease()
    {
        await RegisterRemoteAsync(await CreateWorkerKeyAsync());
        await RemoteWorkers.DrainAsync(WorkerId, Ct);
        var run = await AdmitAsync();
        var other = Guid.CreateVersion7();
        await RegisterRemoteAsync(await CreateWorkerKeyAsync(), other);
        var claimed = (await Worker.ClaimAsync(new(other, InstanceId, [Engine]), Ct)).ShouldNotBeNull();
        Store.Close();
        Pass(600);

        await Store.OpenAsync();

        Pass(29);
        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(0);
        (await Worker.HeartbeatAsync(claimed.Attempt, Ct)).FenceIsCurrent.ShouldBeTrue();
        (await RemoteWorkers.ListHeldAsync(other, Ct)).ShouldHaveSingleItem().Attempt.ShouldBe(claimed.Attempt);
        (await ReadAsync(run)).AttemptCount.ShouldBe(1);
        (await RemoteWorkers.FindAsync(WorkerId, Ct)).ShouldNotBeNull().Draining.ShouldBeTrue();
        (await StatusesAsync(run)).ShouldBe(["queued", "dispatching"]);
        Pass(30);
        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public async Task The_leases_of_remote_workers_are_renewed_and_those_of_the_server_s_own_are_not()
    {
        await RegisterRemoteAsync(await CreateWorkerKeyAsync());
        await AdmitAsync();
        var remote = await ClaimAsync();
        var mine = await AdmitAsync();
        (await Worker.ClaimAsync(new(Guid.CreateVersion7(), InstanceId, [Engine]), Ct)).ShouldNotBeNull();
        Pass(60);

        (await Maintenance.RenewRemoteLeasesAsync(Ct)).ShouldBe(1);

        (await Maintenance.ReapExpiredLeasesAsync(Ct)).ShouldBe(1);
        (await ReadAsync(mine)).Status.ShouldBe(RunStatus.Queued);
        (await Worker.HeartbeatAsync(remote.Attempt, Ct)).FenceIsCurrent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_forecast_counts_the_places_of_remote_workers_that_are_heard_and_do_not_drain()
    {
        await Worker.RegisterAsync(new(WorkerId, InstanceId, "here", 1, [Descriptor(Engine, "1")]), Ct);
        for (var i = 0; i < RunForecast.MinSamples; i++)
            await MeasureAsync(10, Size);
        Pass(3600);
        var (silent, draining, heard) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var key = await CreateWorkerKeyAsync();
        await RegisterRemoteAsync(key, silent);
        Pass(60);
        await RegisterRemoteAsync(key, draining);
        await RemoteWorkers.DrainAsync(draining, Ct);
        await RegisterRemoteAsync(key, heard);
        var now = Store.Clock.GetUtcNow();
        await AdmitAsync(Sized());
        var second = await AdmitAsync(Sized() with { CreatedAt = now.AddMilliseconds(1) });
        var third = await AdmitAsync(Sized() with { CreatedAt = now.AddMilliseconds(2) });

        (await ForecastAsync(second)).CompletionAt.ShouldBe(now.AddSeconds(10));
        (await ForecastAsync(third)).CompletionAt.ShouldBe(now.AddSeconds(20));
    }

    [Fact]
    public async Task A_forecast_counts_the_slots_of_an_engine_that_waits_for_another_machine()
    {
        await Worker.RegisterAsync(new(WorkerId, InstanceId, "here", 1, [Descriptor("wan", "1"), Descriptor(Engine, "1") with { Slots = 2 }]), Ct);
        for (var i = 0; i < RunForecast.MinSamples; i++)
            await MeasureAsync(10, Size);
        var now = Store.Clock.GetUtcNow();
        await AdmitAsync(Sized());
        var second = await AdmitAsync(Sized() with { CreatedAt = now.AddMilliseconds(1) });
        var third = await AdmitAsync(Sized() with { CreatedAt = now.AddMilliseconds(2) });

        (await ForecastAsync(second)).CompletionAt.ShouldBe(now.AddSeconds(10));
        (await ForecastAsync(third)).CompletionAt.ShouldBe(now.AddSeconds(20));
    }

    private async Task<WorkerKey> CreateWorkerKeyAsync() => (await WorkerKeys.CreateAsync(new("gpu", [Engine], null), Ct)).Key;

    private Task<bool> RegisterRemoteAsync(WorkerKey key, Guid? workerId = null) => Worker.RegisterAsync(
        new(workerId ?? WorkerId, InstanceId, "gpu", 1, [Descriptor(Engine, "1")]) { Remote = new(key.Id, 1, "0.9.0") }, Ct);

    private async Task<IEnumerable<string>> EnginesAsync() => (await Store.Get<IWorkerDirectory>().ReadEnginesAsync(Ct)).Keys;

    private async Task<IReadOnlyList<string>> MessagesAsync(Run run) =>
        [.. (await Runs.ReadEventsAsync(run.OrgId, run.Id, 0, 1000, Ct)).ShouldNotBeNull()
            .Where(e => e.Type == RunEvents.LogType)
            .Select(e => (string)System.Text.Json.Nodes.JsonNode.Parse(e.DataJson)!["message"]!)];
}
