using System.Formats.Tar;
using Kinema.Core.Artifacts;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Storage.Backup;
using Kinema.Storage.Tests.Conformance;

namespace Kinema.Storage.Tests.Sqlite;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;
    private readonly string _restored;

    public BackupTests() => _restored = Path.Combine(_folder, "restored");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_restored_store_has_the_runs_and_secrets_of_the_backup()
    {
        using var store = await new SqliteTestStore(Path.Combine(_folder, "data")).OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var (_, secret) = await store.Get<ICallbackSecrets>().CreateAsync(org.Id, null, Ct);
        var run = TestRuns.New(org, store.Clock.GetUtcNow());
        await store.Get<IRunLedger>().AdmitAsync(new(run, [], []), new(10, 10), Ct);

        using var archive = await BackupAsync(store);
        await StoreRestore.ReadAsync(archive, _restored, null, Ct);

        using var again = await new SqliteTestStore(_restored).OpenAsync();
        (await again.Get<IRunLedger>().FindAsync(org.Id, run.Id, Ct)).ShouldNotBeNull().Status.ShouldBe(RunStatus.Queued);
        (await again.Get<ICallbackSecrets>().ReadLiveAsync(org.Id, Ct)).Single().Text.ShouldBe(secret);
        (await again.QueryAsync("PRAGMA integrity_check")).ShouldBe(["ok"]);
    }

    [Fact]
    public async Task A_backup_taken_while_runs_are_created_is_of_one_instant()
    {
        using var store = await new SqliteTestStore(Path.Combine(_folder, "data")).OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var admitted = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var load = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested && admitted < 20_000)
                {
                    await store.Get<IRunLedger>().AdmitAsync(new(TestRuns.New(org, store.Clock.GetUtcNow()), [], []), new(100_000, 100_000), Ct);
                    Interlocked.Increment(ref admitted);
                }
            },
            Ct);
        while (Volatile.Read(ref admitted) < 20)
            await Task.Yield();

        var before = Volatile.Read(ref admitted);
        using var archive = await BackupAsync(store);
        var after = Volatile.Read(ref admitted);
        await stop.CancelAsync();
        await load;
        await StoreRestore.ReadAsync(archive, _restored, null, Ct);

        using var again = await new SqliteTestStore(_restored).OpenAsync();
        var runs = int.Parse((await again.QueryAsync("SELECT count(*) FROM runs")).Single(), System.Globalization.CultureInfo.InvariantCulture);
        runs.ShouldBeInRange(before, after + 1);
        (await again.QueryAsync("SELECT count(*) FROM runs WHERE id NOT IN (SELECT run_id FROM ledger)")).ShouldBe(["0"]);
        (await again.QueryAsync("PRAGMA foreign_key_check")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_keys_the_archive_has_none_and_restoring_asks_for_the_file()
    {
        var data = Path.Combine(_folder, "data");
        using var store = await new SqliteTestStore(data).OpenAsync();
        var org = await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        var (_, secret) = await store.Get<ICallbackSecrets>().CreateAsync(org.Id, null, Ct);
        using var archive = await BackupAsync(store, new(WithKeys: false, WithArtifacts: true));

        var error = await Should.ThrowAsync<InvalidDataException>(() => StoreRestore.ReadAsync(archive, _restored, null, Ct));
        error.Message.ShouldContain("--master-key");
        Directory.EnumerateFileSystemEntries(_restored).ShouldBeEmpty();

        archive.Position = 0;
        await StoreRestore.ReadAsync(archive, _restored, Path.Combine(data, "master.key"), Ct);
        using var again = await new SqliteTestStore(_restored).OpenAsync();
        (await again.Get<ICallbackSecrets>().ReadLiveAsync(org.Id, Ct)).Single().Text.ShouldBe(secret);
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_not_touched()
    {
        Directory.CreateDirectory(_restored);
        await File.WriteAllTextAsync(Path.Combine(_restored, "mine.txt"), "mine", Ct);
        using var store = await new SqliteTestStore(Path.Combine(_folder, "data")).OpenAsync();
        using var archive = await BackupAsync(store);

        (await Should.ThrowAsync<InvalidDataException>(() => StoreRestore.ReadAsync(archive, _restored, null, Ct))).Message.ShouldContain("is not empty");

        Directory.EnumerateFileSystemEntries(_restored).Select(Path.GetFileName).ShouldBe(["mine.txt"]);
    }

    [Fact]
    public async Task An_archive_that_is_cut_short_anywhere_restores_nothing()
    {
        using var store = await new SqliteTestStore(Path.Combine(_folder, "data")).OpenAsync();
        await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
        using var archive = await BackupAsync(store);
        var whole = archive.ToArray();
        var database = whole.Length - 2048;

        foreach (var length in new[] { 0, 100, 600, 5000, database / 2, database - 2048 })
        {
            using var cut = new MemoryStream(whole, 0, length);
            await Should.ThrowAsync<InvalidDataException>(() => StoreRestore.ReadAsync(cut, _restored, null, Ct), $"{length} of {whole.Length} bytes");
            Directory.EnumerateFileSystemEntries(_restored).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("artifacts/readme")]
    [InlineData("content/01a2292d-63d5-78d9-a51b-99e3673056bb/ab/abcd")]
    public async Task A_name_that_no_backup_has_is_refused(string name)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) }, Ct);
        archive.Position = 0;

        (await Should.ThrowAsync<InvalidDataException>(() => StoreRestore.ReadAsync(archive, _restored, null, Ct))).Message.ShouldContain($"\"{name}\"");
    }

    [Fact]
    public async Task Inputs_come_along_and_a_changed_one_is_noticed()
    {
        var orgId = Guid.CreateVersion7();
        using var store = await new SqliteTestStore(Path.Combine(_folder, "data")).OpenAsync();
        var stored = (await store.Get<IContentStore>().PutAsync(orgId, new MemoryStream([1, 2, 3]), 10, Ct)).ShouldNotBeNull();
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, $"content/{orgId}/{stored.Digest[..2]}/{stored.Digest}") { DataStream = new MemoryStream([1, 2, 4]) }, Ct);
        }

        archive.Position = 0;

        (await Should.ThrowAsync<InvalidDataException>(() => StoreRestore.ReadAsync(archive, _restored, null, Ct))).Message.ShouldContain("its name promises");
    }

    private static async Task<MemoryStream> BackupAsync(TestStore store, StoreBackupOptions? options = null)
    {
        var archive = new MemoryStream();
        await store.Get<IStoreBackup>().WriteAsync(archive, options ?? new(WithKeys: true, WithArtifacts: true), Ct);
        archive.Position = 0;
        return archive;
    }
}
