using Kinema.Core.Artifacts;
using Kinema.Storage.Disk;
using Kinema.Storage.Tests.Sqlite;

namespace Kinema.Storage.Tests.Disk;

public sealed class TrashTests : IAsyncLifetime
{
    private readonly SqliteTestStore _store = new();

    public async ValueTask InitializeAsync() => await _store.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void What_lies_there_for_three_days_is_deleted_and_the_operators_own_files_stay()
    {
        Throw("old.mp4");
        _store.Clock.Advance(TimeSpan.FromDays(2));
        Throw("young.mp4");
        Directory.CreateDirectory(Path.Combine(_store.Folder, "trash", "mine"));
        File.WriteAllText(Path.Combine(_store.Folder, "trash", "mine", "note.txt"), "Mine.");
        _store.Clock.Advance(TimeSpan.FromDays(1));

        _store.Get<ITrash>().DeleteExpired(TimeSpan.FromDays(3)).ShouldBe(1);

        _store.Files("trash").ShouldBe(["20260410T120000Z/artifacts/young.mp4", "mine/note.txt"]);
        _store.Get<ITrash>().DeleteExpired(TimeSpan.Zero).ShouldBe(1);
        _store.Files("trash").ShouldBe(["mine/note.txt"]);
    }

    [Fact]
    public void An_absent_trash_is_empty() => _store.Get<ITrash>().DeleteExpired(TimeSpan.Zero).ShouldBe(0);

    [Fact]
    public void Below_the_floor_the_oldest_files_are_deleted_until_there_is_room()
    {
        foreach (var name in (string[])["1.mp4", "2.mp4", "3.mp4"])
        {
            Throw(name);
            _store.Clock.Advance(TimeSpan.FromHours(1));
        }

        Space(free: () => 100 - (10 * _store.Files("trash").Count), floor: 85).HasFreeSpace.ShouldBeTrue();

        _store.Files("trash").ShouldBe(["20260408T140000Z/artifacts/3.mp4"]);
    }

    [Fact]
    public void The_trash_stays_while_there_is_room()
    {
        Throw("1.mp4");

        Space(free: () => 85, floor: 85).HasFreeSpace.ShouldBeTrue();

        _store.Files("trash").Count.ShouldBe(1);
    }

    [Fact]
    public void A_full_disk_and_an_empty_trash_refuse() => Space(free: () => 84, floor: 85).HasFreeSpace.ShouldBeFalse();

    private DiskSpace Space(Func<long> free, long floor) => new(new FakeVolume(free), new FakeFloor(floor), _store.Get<Trash>());

    private void Throw(string name)
    {
        var file = Path.Combine(_store.Folder, "artifacts", name);
        File.WriteAllText(file, "An orphan.");
        _store.Get<Trash>().Take(file, _store.Clock.GetUtcNow());
    }
}
