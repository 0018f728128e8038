using System.Security.Cryptography;
using Kinema.Core.Artifacts;
using Kinema.Core.Storage;
using Kinema.Storage.Tests.Sqlite;

namespace Kinema.Storage.Tests.Disk;

public sealed class ArtifactStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
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

        (await SweepAsync([keys[1]], [(_run, 3), (_run, 1000)])).ShouldBe(new SweepReport(0, 1, 0));

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

        (await SweepAsync([], [(_run, 2)])).ShouldBe(default);

        ((bool[])[Directory.Exists(dead), Directory.Exists(alive), Directory.Exists(young)]).ShouldBe([false, true, true]);
        Artifacts.DeleteScratch(_run, 2);
        Directory.Exists(alive).ShouldBeFalse();
        Artifacts.DeleteScratch(_run, 2);
    }

    [Fact]
    public async Task An_empty_store_has_nothing_to_sweep() => (await SweepAsync([], _nobody)).ShouldBe(default);

    [Fact]
    public async Task A_file_that_nothing_ever_named_goes_to_the_trash_and_one_that_was_given_up_is_deleted()
    {
        string[] keys = [$"{_run}/1/orphan.mp4", $"{_run}/2/forgotten.mp4"];
        foreach (var key in keys)
            await Artifacts.PutAsync(key, await MakeAsync("video.mp4", [7]), Ct);
        await File.WriteAllTextAsync(Path.Combine(_store.Folder, "artifacts", "note.txt"), "An operator's own file.", Ct);
        _store.Clock.Advance(TimeSpan.FromDays(400));

        (await SweepAsync([], [(_run, 1000)], forgotten: [keys[1]])).ShouldBe(new SweepReport(1, 2, 0));

        _store.Files("trash").Select(f => f[(f.IndexOf('/', StringComparison.Ordinal) + 1)..]).ShouldBe([$"artifacts/{keys[0]}", "artifacts/note.txt"], ignoreOrder: true);
        _store.Files("artifacts").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trashed_file_that_is_moved_back_is_found_again()
    {
        var key = $"{_run}/1/video.mp4";
        await Artifacts.PutAsync(key, await MakeAsync("video.mp4", [7]), Ct);
        _store.Clock.Advance(_hour);
        await SweepAsync([], [(_run, 1000)]);
        Artifacts.Find(key).ShouldBeNull();

        var sweep = Directory.GetDirectories(Path.Combine(_store.Folder, "trash")).ShouldHaveSingleItem();
        Path.GetFileName(sweep).ShouldBe("20260408T130000Z");
        Directory.Move(Path.Combine(sweep, "artifacts", _run.ToString()), Path.Combine(_store.Folder, "artifacts", _run.ToString()));

        (await File.ReadAllBytesAsync(Artifacts.Find(key).ShouldNotBeNull(), Ct)).ShouldBe([7]);
    }

    [Fact]
    public async Task Files_of_a_time_that_the_store_does_not_cover_stay_unless_they_were_given_up()
    {
        var now = _store.Clock.GetUtcNow();
        string[] keys = [$"{_run}/1/before.mp4", $"{_run}/2/within.mp4", $"{_run}/3/after.mp4", $"{_run}/4/forgotten.mp4"];
        foreach (var (key, days) in keys.Zip([-10, -5, -1, -10]))
        {
            await Artifacts.PutAsync(key, await MakeAsync("video.mp4", [7]), Ct);
            File.SetLastWriteTimeUtc(Artifacts.Find(key)!, now.AddDays(days).UtcDateTime);
        }

        (await SweepAsync([], [(_run, 1000)], [keys[3]], new(now.AddDays(-7), now.AddDays(-3)))).ShouldBe(new SweepReport(1, 1, 2));

        keys.Select(k => Artifacts.Find(k) is not null).ShouldBe([true, false, true, false]);
    }

    [Fact]
    public async Task Without_a_trash_an_orphan_is_deleted()
    {
        await Artifacts.PutAsync($"{_run}/1/video.mp4", await MakeAsync("video.mp4", [7]), Ct);
        _store.Clock.Advance(_hour);

        await Artifacts.SweepAsync(Rules([], [], null) with { UsesTrash = false }, new HashSet<(Guid, long)> { (_run, 1000) }, Ct);

        _store.Files("artifacts").ShouldBeEmpty();
        _store.Files("trash").ShouldBeEmpty();
    }

    private Task<SweepReport> SweepAsync(
        HashSet<string> live, HashSet<(Guid RunId, long Fence)> active, HashSet<string>? forgotten = null, StoreLifetime? within = null) =>
        Artifacts.SweepAsync(Rules(live, forgotten ?? [], within), active, Ct);

    private static SweepRules<string> Rules(HashSet<string> live, HashSet<string> forgotten, StoreLifetime? within) => new()
    {
        Live = live,
        MinimumAge = _hour,
        FindForgotten = (names, _) => Task.FromResult<IReadOnlyDictionary<string, DateTimeOffset>>(
            names.Where(forgotten.Contains).ToDictionary(name => name, _ => DateTimeOffset.MaxValue)),
        Within = within,
    };

    private async Task<string> MakeAsync(string name, byte[] content)
    {
        var path = Path.Combine(Artifacts.CreateScratch(_run, 1000), name);
        await File.WriteAllBytesAsync(path, content, Ct);
        return path;
    }
}
