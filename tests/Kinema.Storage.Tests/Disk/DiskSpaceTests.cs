using Kinema.Core.Storage;
using Kinema.Storage.Disk;
using Kinema.Storage.Tests.Sqlite;

namespace Kinema.Storage.Tests.Disk;

public sealed class DiskSpaceTests : IAsyncLifetime
{
    private const int Megabyte = 1_000_000;
    private readonly SqliteTestStore _store = new();
    private readonly Guid _org = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _store.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Uploads_that_come_together_share_the_room_above_the_floor()
    {
        // 20 MB stay free, 65 MB are there: two uploads of 20 MB fit.
        var space = Space(() => 65 * Megabyte, 20 * Megabyte);
        var contents = Contents(space);
        var gates = Enumerable.Range(0, 8).Select(i => new SlowStream(20 * Megabyte, (byte)i)).ToList();

        var uploads = gates.Select(g => contents.PutAsync(_org, g, 20 * Megabyte, Ct)).ToList();
        gates.ForEach(g => g.Release());
        await Task.WhenAll(uploads).ContinueWith(_ => { }, TaskScheduler.Default);

        uploads.Count(u => u.IsCompletedSuccessfully).ShouldBe(2);
        uploads.Where(u => u.IsFaulted).ShouldAllBe(u => u.Exception!.InnerException is StorageFullException);
        gates.Count(g => g.WasRead).ShouldBe(2);
        _store.Files("content").Count.ShouldBe(2);
        space.HasFreeSpace.ShouldBeTrue();
        space.Reserve(45 * Megabyte, DiskUse.NewWork).Dispose();
    }

    [Fact]
    public void Bytes_under_way_count_until_they_are_written_or_given_back()
    {
        var free = 100L;
        var space = Space(() => free, 40);

        using (var upload = space.Reserve(60, DiskUse.NewWork))
        {
            space.HasFreeSpace.ShouldBeTrue();
            Should.Throw<StorageFullException>(() => space.Reserve(1, DiskUse.NewWork));
            free -= 50;
            space.HasFreeSpace.ShouldBeFalse();
            upload.Written(50);
            space.HasFreeSpace.ShouldBeTrue();
            Should.Throw<StorageFullException>(() => space.Reserve(1, DiskUse.NewWork));
        }

        space.Reserve(10, DiskUse.NewWork).Dispose();
    }

    [Fact]
    public async Task A_run_under_way_may_use_what_lies_below_the_floor_and_not_more_than_there_is()
    {
        var contents = Contents(Space(() => 10, 1000));

        await Should.ThrowAsync<StorageFullException>(() => contents.PutAsync(_org, new MemoryStream(new byte[5]), 100, Ct));
        (await contents.PutForRunAsync(_org, new MemoryStream(new byte[5]), 100, Ct)).ShouldNotBeNull();
        await Should.ThrowAsync<StorageFullException>(() => contents.PutForRunAsync(_org, new MemoryStream(new byte[11]), 100, Ct));
    }

    [Fact]
    public async Task A_stream_of_unknown_length_reserves_the_maximum()
    {
        var contents = Contents(Space(() => 100, 0));

        await Should.ThrowAsync<StorageFullException>(() => contents.PutAsync(_org, new SlowStream(1, 0), 101, Ct));
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(30, true)]
    [InlineData(122, true)]
    [InlineData(104, false)]
    public async Task A_write_that_the_volume_refuses_says_that_it_is_full(int error, bool isFull)
    {
        var thrown = await Should.ThrowAsync<IOException>(() => Contents(Space(() => 100, 0)).PutAsync(_org, new FailingStream(error), 10, Ct));

        (thrown is StorageFullException).ShouldBe(isFull);
        _store.Files("content").ShouldBeEmpty();
    }

    [Fact]
    public void A_full_device_is_recognized()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        FullDisk.IsCauseOf(Should.Throw<IOException>(() => full.Write([1]))).ShouldBeTrue();
    }

    private DiskSpace Space(Func<long> free, long floor) => new(new FakeVolume(free), new FakeFloor(floor), _store.Get<Trash>());

    private DiskContentStore Contents(DiskSpace space) => new(_store.Get<DataFolder>(), space, _store.Get<Trash>(), _store.Clock);

    /// <summary>Bytes that come once the test lets them; the length is not known.</summary>
    private sealed class SlowStream(int length, byte value) : MemoryStream([.. Enumerable.Repeat(value, length)])
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool WasRead { get; private set; }

        public override bool CanSeek => false;

        public void Release() => _released.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            await _released.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }

    private sealed class FailingStream(int error) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("No.", error);
    }
}
