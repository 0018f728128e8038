using Kinema.Core.Artifacts;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Storage;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>A data folder from which a file is lost is refused, and nothing in it changes.</summary>
public sealed class LostFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder, "kinema.db");

    private string Log => Database + "-wal";

    private string Marker => Path.Combine(_folder, "kinema.open");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("first-key")]
    [InlineData("artifacts/01a2292d-63d5-78d9-a51b-99e3673056bb/1/video.mp4")]
    [InlineData("content/01a2292d-63d5-78d9-a51b-99e3673056bb/ab/abcd")]
    [InlineData("kinema.open")]
    public async Task A_missing_database_beside_files_of_an_earlier_store_is_refused(string remains)
    {
        await LiveOnceAsync();
        File.Delete(Database);
        Write(remains);
        var before = Snapshot();

        foreach (var role in new[] { StoreRole.Server, StoreRole.Tool })
        {
            var error = await RefusedAsync(role);
            error.Message.ShouldContain($"The database {Database} is missing");
            error.Message.ShouldContain(remains.Split('/')[0]);
            error.Message.ShouldContain("Data:Path");
        }

        Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task An_empty_database_beside_files_of_an_earlier_store_is_refused()
    {
        await LiveOnceAsync();
        File.WriteAllBytes(Database, []);
        Write("first-key");
        var before = Snapshot();

        (await RefusedAsync()).Message.ShouldContain("is empty");

        Snapshot().ShouldBe(before);
    }

    /// <summary>A new store whose log is lost: only the first page is left, without tables.</summary>
    [Fact]
    public async Task A_database_without_tables_beside_files_of_an_earlier_store_is_refused()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE t (x); DROP TABLE t;";
            command.ExecuteNonQuery();
        }

        Write("content/01a2292d-63d5-78d9-a51b-99e3673056bb/ab/abcd");

        (await RefusedAsync()).Message.ShouldContain("has no tables, but the data folder holds 1 file in content/");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("master.key")]
    [InlineData("first-key.unfinished")]
    [InlineData("kinema.db")]
    [InlineData("content/incoming/half-an-upload")]
    [InlineData("scratch/01a2292d-1/frame")]
    public async Task A_first_start_killed_at_any_instant_can_be_repeated(string? left)
    {
        foreach (var part in new[] { "artifacts", "content/incoming", "scratch" })
            Directory.CreateDirectory(Path.Combine(_folder, part));
        if (left is not null)
            Write(left, left == "master.key" ? new byte[32] : []);

        using var store = await OpenAsync();

        (await store.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_lost_log_is_refused_until_it_is_back()
    {
        await CrashAsync();
        var log = File.ReadAllBytes(Log);
        File.Delete(Log);
        var before = Snapshot();

        var error = await RefusedAsync();
        error.Message.ShouldContain($"write-ahead log {Log} is missing");
        (await RefusedAsync(StoreRole.Tool)).Message.ShouldBe(error.Message);
        Snapshot().ShouldBe(before);

        File.WriteAllBytes(Log, log);
        using var store = await OpenAsync();
        (await store.Get<IOrganizations>().ListAsync(Ct)).Single().Name.ShouldBe("Acme");
    }

    [Fact]
    public async Task A_server_that_closes_leaves_neither_log_nor_marker()
    {
        using (var store = await OpenAsync())
        {
            File.Exists(Marker).ShouldBeTrue();
            File.Exists(Log).ShouldBeTrue();
        }

        File.Exists(Marker).ShouldBeFalse();
        File.Exists(Log).ShouldBeFalse();
        using var next = await OpenAsync();
        (await next.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_command_after_a_crash_takes_the_marker_along_with_the_log()
    {
        await CrashAsync();
        using (await new SqliteTestStore(_folder).OpenAsync(StoreRole.Tool))
        {
        }

        File.Exists(Log).ShouldBeFalse();
        File.Exists(Marker).ShouldBeFalse();
        using var server = await OpenAsync();
        (await server.Get<IOrganizations>().ListAsync(Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_beside_a_server_leaves_the_marker_to_it()
    {
        using var server = await OpenAsync();
        using (await new SqliteTestStore(_folder).OpenAsync(StoreRole.Tool))
        {
        }

        File.Exists(Marker).ShouldBeTrue();
    }

    [Fact]
    public async Task A_missing_master_key_is_refused_where_secrets_need_it_and_no_new_one_is_made()
    {
        var key = Path.Combine(_folder, "master.key");
        using (var store = await OpenAsync())
            await store.Get<ICallbackSecrets>().CreateAsync((await store.Get<IOrganizations>().CreateAsync("Acme", Ct)).Id, null, Ct);
        var kept = File.ReadAllBytes(key);
        File.Delete(key);

        (await RefusedAsync()).Message.ShouldContain($"The master key {key} is missing, but the database holds 1 callback secrets");
        File.Exists(key).ShouldBeFalse();

        File.WriteAllBytes(key, kept);
        using var again = await OpenAsync();
        (await again.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Files_and_folders_are_their_owners_alone_also_where_they_were_there_before()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        await LiveOnceAsync();
        const UnixFileMode open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var entry in Directory.EnumerateFileSystemEntries(_folder).Prepend(_folder))
            File.SetUnixFileMode(entry, open);

        using var store = await OpenAsync();
        await store.Get<IContentStore>().PutAsync(Guid.CreateVersion7(), new MemoryStream([1, 2, 3]), 10, Ct);

        foreach (var entry in Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Prepend(_folder))
        {
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (Directory.Exists(entry) ? UnixFileMode.UserExecute : 0);
            File.GetUnixFileMode(entry).ShouldBe(mode, entry);
        }
    }

    private async Task<SqliteTestStore> OpenAsync() => (SqliteTestStore)await new SqliteTestStore(_folder).OpenAsync();

    private async Task<StoreDamagedException> RefusedAsync(StoreRole role = StoreRole.Server)
    {
        using var store = new SqliteTestStore(_folder);
        return await Should.ThrowAsync<StoreDamagedException>(() => store.OpenAsync(role));
    }

    private async Task LiveOnceAsync()
    {
        using var store = await OpenAsync();
        await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
    }

    /// <summary>A copy of the folder as it is while a server has it open is what a crash leaves.</summary>
    private async Task CrashAsync()
    {
        var living = Directory.CreateTempSubdirectory("kinema-test-").FullName;
        using (var store = await new SqliteTestStore(living).OpenAsync())
        {
            await store.Get<IOrganizations>().CreateAsync("Acme", Ct);
            foreach (var file in Directory.EnumerateFiles(living).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
                Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        Directory.Delete(living, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.Create(to);
        source.CopyTo(target);
    }

    private void Write(string name, byte[]? content = null)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content ?? [1]);
    }

    /// <summary>Every file with its content, without the lock, which a start takes.</summary>
    private string[] Snapshot() =>
    [
        .. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("kinema.lock", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
