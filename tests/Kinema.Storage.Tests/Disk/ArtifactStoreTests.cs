using System.Security.Cryptography;
using Kinema.Core.Artifacts;
using Kinema.Storage.Tests.Sqlite;

namespace Kinema.Storage.Tests.Disk;

public sealed class ArtifactStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly HashSet<string> _nothing = [];
    private static readonly HashSet<(Guid RunId, long Fence)> _nobody = [];
    private readonly SqliteTestStore _store = new();
    private readonly Guid _run = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IArtifactStore Artifacts => _store.Get<IArtifactStore>();

    public async ValueTask InitializeAsync() => await _store.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_finished_file_moves_from_scratch_to_its_key()
    {
        var local = await MakeAsync("video.mp4", [1, 2, 3]);

        var stored = await Artifacts.PutAsync($"{_run}/1/video.mp4", local, Ct);

        stored.ShouldBe(new StoredFile($"{_run}/1/video.mp4", 3, Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]))));
        File.Exists(local).ShouldBeFalse();
        (await File.ReadAllBytesAsync(Artifacts.Find(stored.Key).ShouldNotBeNull(), Ct)).ShouldBe([1, 2, 3]);
    }

    public static TheoryData<string> BadKeys =>
    [
        "", "video.mp4", "/etc/passwd", "../../etc/passwd", "{run}/1/../video.mp4", "{run}/1/..", "{run}/1/.hidden", "{run}/1/", "{run}/../video.mp4",
        "{run}/1/a/b", "{run}/1/a\\b", "{run}/-1/video.mp4", "{run}/01/video.mp4", "{run}/1/video.mp4\n", "{run}/1/video\0.mp4", " {run}/1/video.mp4",
        "{RUN}/1/video.mp4", "{run}/1/%2e%2e", "{run}/1/é.mp4", "{run}/1/video.mp4/", "{run}//video.mp4",
    ];

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task An_invalid_key_finds_and_stores_nothing(string pattern)
    {
        var key = pattern.Replace("{run}", _run.ToString(), StringComparison.Ordinal).Replace("{RUN}", _run.ToString().ToUpperInvariant(), StringComparison.Ordinal);
        await Artifacts.PutAsync($"{_run}/1/video.mp4", await MakeAsync("video.mp4", [1]), Ct);
        var local = await MakeAsync("other.mp4", [2]);

        Artifacts.Find(key).ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(() => Artifacts.PutAsync(key, local, Ct));
        File.Exists(local).ShouldBeTrue();
    }

    [Fact]
    public async Task The_sweeper_deletes_only_old_unreferenced_files()
    {
        string[] keys = [$"{_run}/1/lost.mp4", $"{_run}/2/kept.mp4", $"{_run}/3/active.mp4", $"{_run}/4/young.mp4"];
        foreach (var key in keys[..3])
            await Artifacts.PutAsync(key, await MakeAsync("video.mp4", [1]), Ct);
        _store.Clock.Advance(_hour);
        await Artifacts.PutAsync(keys[3], await MakeAsync("video.mp4", [1]), Ct);

        (await Artifacts.SweepAsync(new HashSet<string> { keys[1] }, new HashSet<(Guid, long)> { (_run, 3), (_run, 1000) }, _hour, Ct)).ShouldBe(1);

        keys.Select(k => Artifacts.Find(k) is not null).ShouldBe([false, true, true, true]);
        Directory.Exists(Path.Combine(_store.Folder, "artifacts", _run.ToString(), "1")).ShouldBeFalse();
    }

    [Fact]
    public async Task Scratch_folders_of_dead_processes_are_deleted_and_those_of_live_ones_stay()
    {
        var (dead, alive, young) = (Artifacts.CreateScratch(_run, 1), Artifacts.CreateScratch(_run, 2), Artifacts.CreateScratch(_run, 3));
        foreach (var old in (string[])[dead, alive])
            Directory.SetLastWriteTimeUtc(old, _store.Clock.GetUtcNow().UtcDateTime - _hour);
        Directory.SetLastWriteTimeUtc(young, _store.Clock.GetUtcNow().UtcDateTime);

        (await Artifacts.SweepAsync(_nothing, new HashSet<(Guid, long)> { (_run, 2) }, _hour, Ct)).ShouldBe(1);

        ((bool[])[Directory.Exists(dead), Directory.Exists(alive), Directory.Exists(young)]).ShouldBe([false, true, true]);
        Artifacts.DeleteScratch(_run, 2);
        Directory.Exists(alive).ShouldBeFalse();
        Artifacts.DeleteScratch(_run, 2);
    }

    [Fact]
    public async Task An_empty_store_has_nothing_to_sweep_and_knows_its_free_space()
    {
        (await Artifacts.SweepAsync(_nothing, _nobody, _hour, Ct)).ShouldBe(0);
        Artifacts.FreeBytes.ShouldBeGreaterThan(0);
    }

    private async Task<string> MakeAsync(string name, byte[] content)
    {
        var path = Path.Combine(Artifacts.CreateScratch(_run, 1000), name);
        await File.WriteAllBytesAsync(path, content, Ct);
        return path;
    }
}
