using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Storage.Move;
using Kinema.Storage.Tests.Sqlite;
using Kinema.Storage.Tests.Sqlite.Upgrades;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Kinema.Storage.Tests.Postgres;

public sealed class MoveTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const int ManyEvents = 1200;

    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;
    private readonly string _database = server.CreateDatabase();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Records => Path.Combine(_folder, "kinema.db");

    [Fact]
    public async Task Every_record_arrives_and_the_server_goes_on_with_them()
    {
        await WriteAsync();

        var moved = (await MoveAsync()).ToDictionary(table => table.Table, table => table.Rows);

        moved["runs"].ShouldBe(8);
        moved["events"].ShouldBeGreaterThan(ManyEvents);
        using var store = new PostgresTestStore(server) { Database = _database, Folder = _folder, KeepsFolder = true };
        await store.OpenAsync();
        var runs = (await store.Get<IRunLedger>().ListAsync(OldStore.Acme, new RunListQuery { Limit = 100 }, Ct)).Items.ToDictionary(run => run.ClientRef!);
        (await store.Get<IRunLedger>().ReadLedgerAsync(OldStore.Acme, runs["succeeded-delivered"].Id, Ct)).Select(line => $"{line.Kind} {line.Amount.Micros}")
            .ShouldBe(["hold 500000", "release -500000", "charge 250000"]);
        (await store.Get<IApiKeys>().AuthenticateAsync(OldStore.Token, Ct)).ShouldNotBeNull();
        (await store.Get<ICallbackSecrets>().ReadLiveAsync(OldStore.Acme, Ct))[0].Text.ShouldBe(OldStore.Secret);

        // The database numbers new lines on from the moved ones.
        var run = runs["queued-retried"];
        await store.Get<IRunLedger>().CancelAsync(OldStore.Acme, run.Id, null, Ct);
        (await store.Get<IRunLedger>().ReadLedgerAsync(OldStore.Acme, run.Id, Ct)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_old_records_are_set_aside_and_no_server_takes_them_for_its_own()
    {
        await WriteAsync();
        await MoveAsync();

        File.Exists(Records).ShouldBeFalse();
        File.Exists(Records + ".moved").ShouldBeTrue();
        using (var store = new SqliteTestStore(_folder))
            (await Should.ThrowAsync<StoreDamagedException>(() => store.OpenAsync())).Message.ShouldContain("Start with Data:Postgres");
        (await Should.ThrowAsync<InvalidDataException>(MoveAsync)).Message.ShouldContain("holds records of its own");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_move_that_was_interrupted_keeps_servers_out_and_goes_on(bool atItsLastStep)
    {
        await WriteAsync();
        await InterruptAsync(atItsLastStep);
        using (var early = new PostgresTestStore(server) { Database = _database, Folder = _folder, KeepsFolder = true })
            (await Should.ThrowAsync<StoreDamagedException>(() => early.OpenAsync())).Message.ShouldContain("kinema move");

        (await MoveAsync()).First(table => table.Table == "runs").Rows.ShouldBe(8);

        using var store = new PostgresTestStore(server) { Database = _database, Folder = _folder, KeepsFolder = true };
        await store.OpenAsync();
        (await store.Get<IRunLedger>().ListAsync(OldStore.Acme, new RunListQuery { Limit = 100 }, Ct)).Items.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_row_that_differs_is_named_and_nothing_is_set_aside()
    {
        await WriteAsync();
        await InterruptAsync(atItsLastStep: false);
        await using (var connection = new Npgsql.NpgsqlConnection(_database))
            await connection.ExecuteAsync("UPDATE orgs SET name = name || '!'");

        (await Should.ThrowAsync<InvalidDataException>(MoveAsync)).Message.ShouldMatch("^orgs [0-9a-f-]{36} differs in name");

        File.Exists(Records).ShouldBeTrue();
    }

    [Fact]
    public async Task Neither_side_may_be_in_use_or_hold_other_records()
    {
        await WriteAsync();
        using (var serving = new SqliteTestStore(_folder))
        {
            await serving.OpenAsync();
            (await Should.ThrowAsync<InvalidDataException>(MoveAsync)).Message.ShouldContain("A Kinema server uses the data folder");
        }

        using var other = new PostgresTestStore(server) { Database = _database };
        await other.OpenAsync();
        (await Should.ThrowAsync<InvalidDataException>(MoveAsync)).Message.ShouldContain("A Kinema server uses the database");
        other.Get<IStore>().ShouldBeAssignableTo<IDisposable>()!.Dispose();
        (await Should.ThrowAsync<InvalidDataException>(MoveAsync)).Message.ShouldContain("holds records of its own");
    }

    public void Dispose()
    {
        server.DropDatabase(_database);
        Directory.Delete(_folder, recursive: true);
    }

    private Task<IReadOnlyList<MovedRows>> MoveAsync() => StoreMove.ToPostgresAsync(_folder, _database, TimeProvider.System, null, Ct);

    /// <summary>An old store, migrated, with more events than one page holds.</summary>
    private async Task WriteAsync()
    {
        OldStore.Write(_folder);
        using (var store = new SqliteTestStore(_folder))
            await store.OpenAsync();
        await using var connection = new SqliteConnection($"Data Source={Records};Pooling=False");
        await connection.ExecuteAsync(
            """
            INSERT INTO events (run_id, sequence, type, at, data_json)
            SELECT run.id, 100 + n.value, 'log', 1, '{"message":"' || n.value || '"}' FROM (SELECT id FROM runs LIMIT 1) AS run, json_each(@numbers) AS n
            """,
            new { numbers = $"[{string.Join(',', Enumerable.Range(1, ManyEvents))}]" });
    }

    /// <summary>What a killed move leaves: some rows, or all of them and the old records set aside.</summary>
    private async Task InterruptAsync(bool atItsLastStep)
    {
        using var source = new MoveSource(new DataFolder(Options.Create(new StorageOptions { Path = _folder })));
        await using var target = new MoveTarget(_database);
        await target.OpenAsync(_folder, 0, Ct);
        foreach (var table in await target.ReadTablesAsync(Ct))
        {
            var ends = table.Name == "events" && !atItsLastStep;
            await target.WriteAsync(table, source.ReadPage(table, null, ends ? 700 : 10_000), Ct);
            if (ends)
                return;
        }

        if (atItsLastStep)
            source.SetAside();
    }
}
