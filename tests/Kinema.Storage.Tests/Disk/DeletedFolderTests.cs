using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Storage;
using Kinema.Storage.Tests.Sqlite;

namespace Kinema.Storage.Tests.Disk;

/// <summary>Somebody deletes parts of the data folder while the server runs.</summary>
public sealed class DeletedFolderTests : IAsyncLifetime
{
    private static readonly string[] _names = ["artifacts", "content", "scratch"];
    private readonly SqliteTestStore _store = new();
    private readonly Guid _id = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string? Problem => _store.Get<IDataFolders>().FindProblem();

    public async ValueTask InitializeAsync()
    {
        await _store.OpenAsync();
        Delete(_names);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Writes_make_the_folders_again_readable_by_the_owner_only()
    {
        var content = await _store.Get<IContentStore>().PutAsync(_id, new MemoryStream([1]), 10, Ct);
        var artifacts = _store.Get<IArtifactStore>();
        var video = Path.Combine(artifacts.CreateScratch(_id, 1), "video.mp4");
        await File.WriteAllBytesAsync(video, [2], Ct);
        var stored = await artifacts.PutAsync($"{_id}/1/video.mp4", video, Ct);

        File.Exists(content!.Path).ShouldBeTrue();
        artifacts.Find(stored.Key).ShouldNotBeNull();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in _names)
                File.GetUnixFileMode(Path.Combine(_store.Folder, name)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_backup_makes_its_folder_again()
    {
        using var archive = new MemoryStream();
        await _store.Get<IStoreBackup>().WriteAsync(archive, new(WithKeys: true, WithArtifacts: true), Ct);

        archive.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_sweep_finds_nothing()
    {
        var artifacts = await _store.Get<IArtifactStore>().SweepAsync(Rules<string>(), new HashSet<(Guid, long)>(), Ct);
        var contents = await _store.Get<IContentStore>().SweepAsync(Rules<(Guid, string)>(), Ct);

        artifacts.Plus(contents).ShouldBe(default);
    }

    [Fact]
    public void Readiness_makes_the_folders_again()
    {
        Problem.ShouldBeNull();

        _names.ShouldAllBe(name => Directory.Exists(Path.Combine(_store.Folder, name)));
    }

    [Fact]
    public async Task Readiness_names_a_folder_that_cannot_be_made_until_it_can()
    {
        var content = Path.Combine(_store.Folder, "content");
        await File.WriteAllTextAsync(content, "A file in its place.", Ct);

        Problem.ShouldBe("content/ in the data folder is gone and cannot be made");
        await Should.ThrowAsync<IOException>(() => _store.Get<IContentStore>().PutAsync(_id, new MemoryStream([1]), 10, Ct));

        File.Delete(content);
        Problem.ShouldBeNull();
        (await _store.Get<IContentStore>().PutAsync(_id, new MemoryStream([1]), 10, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Readiness_names_a_database_that_is_gone()
    {
        (await _store.Get<IStore>().CheckAsync(Ct)).ShouldBeNull();

        File.Delete(Path.Combine(_store.Folder, "kinema.db"));

        (await _store.Get<IStore>().CheckAsync(Ct)).ShouldBe("The database file is gone.");
    }

    [Fact]
    public async Task Readiness_names_a_data_folder_that_is_gone_and_does_not_make_one_without_a_database()
    {
        Directory.Delete(_store.Folder, recursive: true);

        Problem.ShouldBe("the data folder is gone");
        (await _store.Get<IStore>().CheckAsync(Ct)).ShouldBe("The database file is gone.");
        _store.Get<IDiskSpaceCheck>().HasFreeSpace.ShouldBeTrue();
        Directory.Exists(_store.Folder).ShouldBeFalse();
        Directory.CreateDirectory(_store.Folder);
    }

    private void Delete(IEnumerable<string> names)
    {
        foreach (var name in names)
            Directory.Delete(Path.Combine(_store.Folder, name), recursive: true);
    }

    private static SweepRules<TName> Rules<TName>() => new()
    {
        Live = new HashSet<TName>(),
        MinimumAge = TimeSpan.Zero,
        FindForgotten = (_, _) => throw new InvalidOperationException("There is nothing to ask about."),
    };
}
