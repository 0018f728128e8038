using System.Globalization;
using System.Text.Json;
using Dapper;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Tests.Conformance;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Tests.Sqlite.Upgrades;

/// <summary>
/// Opens a data folder that an earlier version wrote: <c>schema-003.sql</c> is the dump of a store whose server was killed with runs in every state. Every
/// later version must open it.
/// </summary>
public sealed class UpgradeTests : IDisposable
{
    private const string Token = OldStore.Token;
    private const string Secret = OldStore.Secret;
    private static readonly Guid _acme = OldStore.Acme;

    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Runs_in_every_state_go_on_where_they_were()
    {
        using var store = await OpenAsync();

        var runs = (await store.Get<IRunLedger>().ListAsync(_acme, new RunListQuery { Limit = 100 }, Ct)).Items.ToDictionary(run => run.ClientRef!);
        runs.ToDictionary(run => run.Key, run => run.Value.Status).ShouldBe(
            new Dictionary<string, RunStatus>
            {
                ["succeeded-delivered"] = RunStatus.Succeeded,
                ["failed-undelivered"] = RunStatus.Failed,
                ["canceled-pending"] = RunStatus.Canceled,
                ["running-cancel-requested"] = RunStatus.Canceled, // its worker is dead
                ["running"] = RunStatus.Queued,
                ["queued-retried"] = RunStatus.Queued,
                ["queued-inline"] = RunStatus.Queued,
            },
            ignoreOrder: true);
        var succeeded = runs["succeeded-delivered"];
        succeeded.Cost!.Value.Micros.ShouldBe(250_000);
        succeeded.MetadataJson.ShouldBe("""{ "order" : 42.10 }""");
        succeeded.Output!.Artifacts.Single().SizeBytes.ShouldBe(7);
        succeeded.Output.ModelData["made_as"]!.GetValue<string>().ShouldBe("push in");
        (await store.Get<IRunLedger>().ReadLedgerAsync(_acme, succeeded.Id, Ct)).Select(line => $"{line.Kind} {line.Amount.Micros}")
            .ShouldBe(["hold 500000", "release -500000", "charge 250000"]);
        (await store.Get<IRunLedger>().ReadEventsAsync(_acme, succeeded.Id, 0, 100, Ct)).ShouldNotBeNull().Count.ShouldBe(5);

        var claims = new List<string?>();
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        while (await store.Get<IWorkerLedger>().ClaimAsync(new(Guid.CreateVersion7(), Guid.CreateVersion7(), ["motion"]), Ct) is { } claim)
            claims.Add(claim.Checkpoint is null ? claim.Run.ClientRef : $"{claim.Run.ClientRef} from {claim.Checkpoint}");
        claims.ShouldBe(["dispatching", "running from step 3", "queued-retried", "queued-inline"], ignoreOrder: true);
    }

    [Fact]
    public async Task Keys_secrets_callbacks_and_media_are_still_there()
    {
        using var store = await OpenAsync();

        (await store.Get<IApiKeys>().AuthenticateAsync(Token, Ct)).ShouldNotBeNull().Scopes.ShouldBe(Scopes.All, ignoreOrder: true);
        var secrets = await store.Get<ICallbackSecrets>().ReadLiveAsync(_acme, Ct);
        secrets.Count.ShouldBe(2);
        secrets[0].Text.ShouldBe(Secret);
        var due = (await store.Get<ICallbackOutbox>().ClaimDueAsync(Guid.CreateVersion7(), TimeSpan.FromMinutes(1), BusyReceivers.None, Ct)).ShouldNotBeNull();
        due.CallbackUrl.ShouldBe("https://example.com/hook");
        (await store.QueryAsync("SELECT status, count(*) FROM outbox GROUP BY status ORDER BY status")).ShouldBe(["delivered|1", "failed|1", "pending|1"]);
        var contents = await store.Get<IRunMaintenance>().ReadLiveContentsAsync(Ct);
        contents.Count.ShouldBe(2);
        contents.ShouldAllBe(content => store.Get<IContentStore>().Find(content.OrgId, content.Digest) != null);
        (await store.Get<IRunMaintenance>().ReadLiveArtifactKeysAsync(Ct)).ShouldAllBe(key => store.Get<IArtifactStore>().Find(key) != null);
        var asset = Guid.Parse((await store.QueryAsync("SELECT id FROM assets WHERE source_type = 'upload'")).Single());
        (await store.Get<IAssets>().FindAsync(_acme, asset, Ct)).ShouldNotBeNull().ConfirmedAt.ShouldNotBeNull();
        (await store.QueryAsync("PRAGMA integrity_check")).ShouldBe(["ok"]);
        (await store.QueryAsync("PRAGMA foreign_key_check")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_held_every_scope_gets_the_new_ones_and_a_narrower_key_keeps_its_own()
    {
        Write();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "kinema.db")};Pooling=False"))
        {
            connection.Execute(
                """
                INSERT INTO keys (id, org_id, name, prefix, hash, scopes_json, is_platform_admin, created_at)
                SELECT '019e0000-0000-7000-8000-00000000000' || n.key, k.org_id, n.value, 'rf_live_narrow' || n.key, zeroblob(32), n.value, 0, k.created_at
                FROM (SELECT * FROM keys LIMIT 1) AS k, json_each('["[\"runs:read\"]","[]","[\"models:read\",\"assets:read\",\"keys:edit\"]"]') AS n;
                """);
        }

        using var store = await new SqliteTestStore(_folder).OpenAsync();

        (await store.Get<IApiKeys>().AuthenticateAsync(Token, Ct)).ShouldNotBeNull().Scopes.ShouldBe(Scopes.All, ignoreOrder: true);
        foreach (var key in (await store.Get<IApiKeys>().ListAsync(_acme, Ct)).Where(key => key.Prefix.StartsWith("rf_live_narrow", StringComparison.Ordinal)))
            JsonSerializer.Serialize(key.Scopes).ShouldBe(key.Name);
    }

    [Fact]
    public async Task The_database_is_copied_before_it_is_migrated()
    {
        using (await OpenAsync())
        {
        }

        var copy = Directory.GetFiles(Path.Combine(_folder, "backup")).ShouldHaveSingleItem();
        Path.GetFileName(copy).ShouldBe("kinema-schema-3-20260408T120000Z.db");
        using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            connection.Open();
            connection.ExecuteScalar<int>("SELECT max(version) FROM schema_versions").ShouldBe(3);
            connection.ExecuteScalar<int>("SELECT count(*) FROM runs").ShouldBe(8);
            connection.ExecuteScalar<string>("PRAGMA integrity_check").ShouldBe("ok");
        }

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(copy).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var again = await new SqliteTestStore(_folder).OpenAsync();
        Directory.GetFiles(Path.Combine(_folder, "backup")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Without_room_for_the_copy_nothing_is_migrated()
    {
        Write();
        await File.WriteAllTextAsync(Path.Combine(_folder, "backup"), "a file where the folder should be", Ct);
        using (var store = new SqliteTestStore(_folder))
            await Should.ThrowAsync<IOException>(() => store.OpenAsync());

        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "kinema.db")};Pooling=False");
        connection.Open();
        connection.ExecuteScalar<int>("SELECT max(version) FROM schema_versions").ShouldBe(3);
    }

    [Fact]
    public async Task A_new_store_and_a_migrated_one_have_the_same_schema()
    {
        const string schema = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";
        using var migrated = await OpenAsync();
        using var fresh = await new SqliteTestStore().OpenAsync();

        (await migrated.QueryAsync(schema)).ShouldBe(await fresh.QueryAsync(schema));
        (await fresh.QueryAsync("SELECT max(version) FROM schema_versions")).ShouldBe([Migrations.Latest.ToString(CultureInfo.InvariantCulture)]);
    }

    private async Task<TestStore> OpenAsync()
    {
        Write();
        return await new SqliteTestStore(_folder).OpenAsync();
    }

    private void Write() => OldStore.Write(_folder);
}
