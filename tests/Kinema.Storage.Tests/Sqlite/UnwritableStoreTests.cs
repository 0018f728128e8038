using Dapper;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Tests.Conformance;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>A store on a full, read-only or damaged disk.</summary>
public sealed class UnwritableStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("PRAGMA max_page_count = 1", "full")]
    [InlineData("PRAGMA query_only = ON", "read-only")]
    public async Task Reads_and_authentication_work_where_no_write_finds_room(string pragma, string cause)
    {
        using var store = await OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var (_, token) = await store.Get<IApiKeys>().CreateAsync(new(org.Id, "ci", Scopes.All, IsPlatformAdmin: false, null), Ct);
        var run = TestRuns.New(org, store.Clock.GetUtcNow());
        await store.Get<IRunLedger>().AdmitAsync(new(run, [], []), new(10, 10), Ct);
        await store.Get<SqliteDatabase>().WriteAsync(c => c.Execute(pragma), Ct);

        // A row may still fit the last page, so it is a long one.
        var large = TestRuns.New(org, store.Clock.GetUtcNow()) with { InputJson = new string(' ', 100_000) };
        var error = await Should.ThrowAsync<StorageFullException>(() => store.Get<IRunLedger>().AdmitAsync(new(large, [], []), new(10, 10), Ct));

        error.Message.ShouldContain(cause);
        (await store.Get<IApiKeys>().AuthenticateAsync(token, Ct)).ShouldNotBeNull();
        (await store.Get<IRunLedger>().FindAsync(org.Id, run.Id, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Readiness_tells_that_writes_fail_and_recovers_with_them()
    {
        using var store = await OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var database = store.Get<SqliteDatabase>();
        await database.WriteAsync(c => c.Execute("PRAGMA max_page_count = 1"), Ct);
        var large = TestRuns.New(org, store.Clock.GetUtcNow()) with { InputJson = new string(' ', 100_000) };
        await Should.ThrowAsync<StorageFullException>(() => store.Get<IRunLedger>().AdmitAsync(new(large, [], []), new(10, 10), Ct));

        (await store.Get<IWorkerLedger>().ClaimAsync(new(Guid.CreateVersion7(), Guid.CreateVersion7(), ["motion"]), Ct)).ShouldBeNull();
        database.LastWriteFailure.ShouldNotBeNull("a claim that finds nothing writes nothing").Message.ShouldContain("full");

        await database.WriteAsync(c => c.Execute("PRAGMA max_page_count = 1000000"), Ct);
        (await store.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Readiness_does_not_wait_for_the_write_lock()
    {
        using var store = await OpenAsync();
        using var release = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var writing = Task.Run(
            () => store.Get<SqliteDatabase>().WriteAsync(
                _ =>
                {
                    started.Set();
                    release.Wait(Ct);
                    return 0;
                },
                Ct),
            Ct);
        started.Wait(Ct);

        (await store.Get<IStore>().CheckAsync(Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct)).ShouldBeNull();

        release.Set();
        await writing;
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_with_the_cause()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Ct);
        using var store = new SqliteTestStore(Path.Combine(file, "data"));

        var error = await Should.ThrowAsync<StorageFullException>(() => store.OpenAsync());

        error.Message.ShouldContain(Path.Combine(file, "data"));
        error.Message.ShouldContain("cannot be written");
        error.Message.ShouldNotContain("Another Kinema server");
    }

    [Theory]
    [InlineData(0, "not a database, but long enough to have a header of the right length, and then some more text up to one hundred bytes")]
    [InlineData(4096, "these bytes are no page")]
    public async Task A_damaged_database_is_named_with_what_to_do(int at, string text)
    {
        using (var store = await OpenAsync())
            await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var path = Path.Combine(_folder, "kinema.db");
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        for (var page = at; page < bytes.Length; page += 4096)
            System.Text.Encoding.ASCII.GetBytes(text).CopyTo(bytes.AsSpan(page));
        await File.WriteAllBytesAsync(path, bytes, Ct);

        using var damaged = new SqliteTestStore(_folder);
        var error = await Should.ThrowAsync<StoreDamagedException>(() => damaged.OpenAsync());

        error.Message.ShouldContain(path);
        error.Message.ShouldContain("kinema restore");
        (await File.ReadAllBytesAsync(path, Ct)).ShouldBe(bytes);
    }

    private async Task<TestStore> OpenAsync() => await new SqliteTestStore(_folder).OpenAsync();
}
