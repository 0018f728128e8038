using System.Text;
using Kinema.Core.Admission;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Storage.Tests.Conformance;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>Tests of the store on one machine: its folder, its lock and its file.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_with_a_message_that_helps()
    {
        using var first = await OpenAsync();
        using var second = new SqliteTestStore(_folder);

        var error = await Should.ThrowAsync<StoreInUseException>(() => second.OpenAsync());

        error.Message.ShouldContain(_folder);
        error.Message.ShouldContain("Data:Path");
    }

    [Fact]
    public async Task The_folder_is_free_again_when_the_server_has_closed()
    {
        using var first = await OpenAsync();
        first.Close();

        using var second = await OpenAsync();
        (await second.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_tool_works_beside_a_running_server()
    {
        using var server = await OpenAsync();
        var org = await server.Get<IOrganizations>().CreateAsync("Acme", Ct);
        using var tool = await new SqliteTestStore(_folder).OpenAsync(StoreRole.Tool);

        var (_, token) = await tool.Get<IApiKeys>().CreateAsync(new(org.Id, "made by a tool", [], IsPlatformAdmin: false, null), Ct);

        (await server.Get<IApiKeys>().AuthenticateAsync(token, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_tool_makes_the_store_where_there_is_none_and_leaves_the_lock_to_the_server()
    {
        using var tool = await new SqliteTestStore(_folder).OpenAsync(StoreRole.Tool);
        using var server = await OpenAsync();

        (await tool.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_new_server_takes_back_its_predecessors_runs_and_callbacks_at_once()
    {
        using var first = await OpenAsync();
        var org = await first.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var firstId = first.Get<IStore>().InstanceId;
        var run = TestRuns.New(org, first.Clock.GetUtcNow());
        var other = TestRuns.New(org, first.Clock.GetUtcNow());
        await first.Get<IRunLedger>().AdmitAsync(new(run, [], []), new(10, 10), Ct);
        await first.Get<IRunLedger>().AdmitAsync(new(other, [], []), new(10, 10), Ct);
        await first.Get<IRunLedger>().CancelAsync(org.Id, other.Id, null, Ct);
        var claim = (await first.Get<IWorkerLedger>().ClaimAsync(new(Guid.CreateVersion7(), firstId, ["motion"]), Ct)).ShouldNotBeNull();
        (await first.Get<ICallbackOutbox>().ClaimDueAsync(firstId, TimeSpan.FromHours(1), BusyReceivers.None, Ct)).ShouldNotBeNull();
        first.Close();

        using var second = await OpenAsync();

        (await second.Get<IRunLedger>().FindAsync(org.Id, run.Id, Ct)).ShouldNotBeNull().Status.ShouldBe(RunStatus.Queued);
        (await second.Get<IWorkerLedger>().HeartbeatAsync(claim.Attempt, Ct)).FenceIsCurrent.ShouldBeFalse();
        (await second.Get<ICallbackOutbox>().ClaimDueAsync(second.Get<IStore>().InstanceId, TimeSpan.FromHours(1), BusyReceivers.None, Ct)).ShouldNotBeNull();
        (await second.QueryAsync("PRAGMA integrity_check")).ShouldBe(["ok"]);
        (await second.QueryAsync("PRAGMA foreign_key_check")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_server_removes_the_worker_registrations_of_its_predecessor()
    {
        using var first = await OpenAsync();
        var worker = new WorkerRegistration(Guid.CreateVersion7(), first.Get<IStore>().InstanceId, "gone", 1, [TestRuns.Engine("wan")]);
        await first.Get<IWorkerLedger>().RegisterAsync(worker, Ct);
        (await first.Get<IWorkerDirectory>().ReadEnginesAsync(Ct)).Keys.ShouldBe(["wan"]);
        first.Close();

        using var second = await OpenAsync();

        (await second.Get<IWorkerDirectory>().ReadEnginesAsync(Ct)).ShouldBeEmpty();
        (await second.QueryAsync("SELECT id FROM instances")).ShouldBe([second.Get<IStore>().InstanceId.ToString()]);
    }

    [Fact]
    public async Task Keys_are_the_same_after_a_restart_and_differ_by_purpose()
    {
        using var first = await OpenAsync();
        var urls = first.Get<ISigningKeys>().Derive("urls");
        urls.Length.ShouldBe(32);
        first.Get<ISigningKeys>().Derive("other").ShouldNotBe(urls);
        first.Close();

        using var second = await OpenAsync();
        second.Get<ISigningKeys>().Derive("urls").ShouldBe(urls);
    }

    [Fact]
    public async Task No_file_of_the_store_contains_a_secret_or_a_key_in_plain_text()
    {
        using var store = await OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var (_, secret) = await store.Get<ICallbackSecrets>().CreateAsync(org.Id, "label-in-the-clear", Ct);
        var (_, token) = await store.Get<IApiKeys>().CreateAsync(new(org.Id, "ci", [], IsPlatformAdmin: false, null), Ct);
        (await store.Get<ICallbackSecrets>().ReadLiveAsync(org.Id, Ct)).Single().Text.ShouldBe(secret);
        var written = Directory.GetFiles(_folder, "kinema.db*").Select(ReadShared).ToList();
        store.Close();
        written.AddRange(Directory.GetFiles(_folder, "kinema.db*").Select(ReadShared));

        written.ShouldContain(f => f.Contains("label-in-the-clear"));
        var inTheClear = secret["whsec_".Length..];
        written.ShouldAllBe(f => !f.Contains(inTheClear) && !f.Contains(token));
    }

    [Fact]
    public async Task A_sealed_secret_does_not_open_in_another_row()
    {
        using var store = await OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var (first, _) = await store.Get<ICallbackSecrets>().CreateAsync(org.Id, null, Ct);
        var (second, _) = await store.Get<ICallbackSecrets>().CreateAsync(org.Id, null, Ct);
        await store.QueryAsync($"UPDATE secrets SET sealed_text = (SELECT sealed_text FROM secrets WHERE id = '{first.Id}') WHERE id = '{second.Id}'");

        await Should.ThrowAsync<CallbackSecretException>(() => store.Get<ICallbackSecrets>().ReadLiveAsync(org.Id, Ct));
    }

    [Fact]
    public async Task Private_files_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        var folder = Path.Combine(_folder, "data");
        using var store = await new SqliteTestStore(folder).OpenAsync();

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(folder).ShouldBe(ownerOnly | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(folder, "master.key")).ShouldBe(ownerOnly);
        File.GetUnixFileMode(Path.Combine(folder, "kinema.db")).ShouldBe(ownerOnly);
        File.GetUnixFileMode(Path.Combine(folder, "kinema.db-wal")).ShouldBe(ownerOnly);
        new FileInfo(Path.Combine(folder, "master.key")).Length.ShouldBe(32);
    }

    [Theory]
    [InlineData("UPDATE ledger SET amount = 0", "append-only")]
    [InlineData("DELETE FROM ledger", "append-only")]
    [InlineData("UPDATE runs SET status = 'queued'", "terminal state is final")]
    public async Task Database_triggers_refuse_changes_to_final_rows(string statement, string reason)
    {
        using var store = await OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var run = TestRuns.New(org, store.Clock.GetUtcNow());
        await store.Get<IRunLedger>().AdmitAsync(new(run, [], []), new(10, 10), Ct);
        await store.Get<IRunLedger>().CancelAsync(org.Id, run.Id, null, Ct);

        var error = await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => store.QueryAsync(statement));

        error.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_not_touched()
    {
        using (var store = await OpenAsync())
            await store.QueryAsync("INSERT INTO schema_versions (version, applied_at) VALUES (999, 0)");

        using var older = new SqliteTestStore(_folder);
        (await Should.ThrowAsync<InvalidOperationException>(() => older.OpenAsync())).Message.ShouldContain("999");
    }

    [Fact]
    public async Task A_deleted_store_is_reported()
    {
        using var store = await OpenAsync();
        File.Delete(Path.Combine(_folder, "kinema.db"));

        (await store.Get<IStore>().CheckAsync(Ct)).ShouldNotBeNull();
    }

    private async Task<TestStore> OpenAsync() => await new SqliteTestStore(_folder).OpenAsync();

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(file, Encoding.Latin1);
        return text.ReadToEnd();
    }
}
