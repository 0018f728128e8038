using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>The limits of the queue hold although the counts lie in memory.</summary>
public sealed class QueueCountsTests : IDisposable
{
    private static readonly AdmissionLimits _two = new(MaxQueued: 100, MaxQueuedPerOrg: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task They_are_rebuilt_at_start()
    {
        Organization org;
        using (var first = await new SqliteTestStore(_folder).OpenAsync())
        {
            org = await first.Get<IOrganizations>().CreateAsync("Acme", Ct);
            await AdmitAsync(first, org);
        }

        using var second = await new SqliteTestStore(_folder).OpenAsync();
        (await AdmitAsync(second, org)).ShouldBe(AdmitOutcome.Admitted);
        (await AdmitAsync(second, org)).ShouldBe(AdmitOutcome.OrgQueueFull);
    }

    [Fact]
    public async Task They_count_what_another_process_queued_and_cancelled()
    {
        using var server = await new SqliteTestStore(_folder).OpenAsync();
        using var tool = await new SqliteTestStore(_folder).OpenAsync(StoreRole.Tool);
        var org = await server.Get<IOrganizations>().CreateAsync("Acme", Ct);
        await AdmitAsync(server, org);
        var run = TestRuns.New(org, server.Clock.GetUtcNow());
        await tool.Get<IRunLedger>().AdmitAsync(new(run, [], []), _two, Ct);

        (await AdmitAsync(server, org)).ShouldBe(AdmitOutcome.OrgQueueFull);
        await tool.Get<IRunLedger>().CancelAsync(org.Id, run.Id, null, Ct);
        (await AdmitAsync(server, org)).ShouldBe(AdmitOutcome.Admitted);
        (await AdmitAsync(server, org)).ShouldBe(AdmitOutcome.OrgQueueFull);
    }

    [Fact]
    public async Task A_create_that_failed_does_not_count()
    {
        using var store = await new SqliteTestStore(_folder).OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var run = TestRuns.New(org, store.Clock.GetUtcNow());
        await store.Get<IRunLedger>().AdmitAsync(new(run, [], []), _two, Ct);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => store.Get<IRunLedger>().AdmitAsync(new(run, [], []), _two, Ct))));

        (await AdmitAsync(store, org)).ShouldBe(AdmitOutcome.Admitted);
        (await AdmitAsync(store, org)).ShouldBe(AdmitOutcome.OrgQueueFull);
    }

    private static Task<AdmitOutcome> AdmitAsync(Conformance.TestStore store, Organization org) =>
        store.Get<IRunLedger>().AdmitAsync(new(TestRuns.New(org, store.Clock.GetUtcNow()), [], []), _two, Ct);
}
