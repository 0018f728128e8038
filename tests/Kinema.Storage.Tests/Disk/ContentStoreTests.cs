using System.Security.Cryptography;
using Kinema.Core.Artifacts;
using Kinema.Storage.Tests.Sqlite;

namespace Kinema.Storage.Tests.Disk;

public sealed class ContentStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private readonly SqliteTestStore _store = new();
    private readonly Guid _org = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IContentStore Contents => _store.Get<IContentStore>();

    public async ValueTask InitializeAsync() => await _store.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Content_is_stored_under_its_digest_within_its_organisation()
    {
        var stored = (await PutAsync([1, 2, 3])).ShouldNotBeNull();

        stored.Digest.ShouldBe(Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])));
        stored.SizeBytes.ShouldBe(3);
        Contents.Find(_org, stored.Digest).ShouldBe(stored.Path);
        (await File.ReadAllBytesAsync(stored.Path, Ct)).ShouldBe([1, 2, 3]);
        Contents.Find(Guid.CreateVersion7(), stored.Digest).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_content_is_stored_once()
    {
        var first = (await PutAsync([1, 2, 3])).ShouldNotBeNull();
        (await PutAsync([1, 2, 3])).ShouldBe(first with { IsNew = false });

        Files().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Content_of_exactly_the_limit_is_kept_and_one_byte_more_is_not()
    {
        (await PutAsync(new byte[100_000], maxBytes: 100_000)).ShouldNotBeNull();
        (await PutAsync(new byte[100_001], maxBytes: 100_000)).ShouldBeNull();

        Files().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_stream_leaves_no_content()
    {
        await Should.ThrowAsync<IOException>(() => Contents.PutAsync(_org, new BrokenStream(), 1000, Ct));

        Files().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../master.key")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void An_invalid_digest_finds_nothing(string digest) => Contents.Find(_org, digest).ShouldBeNull();

    [Fact]
    public async Task The_sweeper_deletes_old_unreferenced_content_and_storing_it_again_renews_its_age()
    {
        var lost = (await PutAsync([1])).ShouldNotBeNull();
        var live = (await PutAsync([2])).ShouldNotBeNull();
        var again = (await PutAsync([3])).ShouldNotBeNull();
        _store.Clock.Advance(_hour);
        await PutAsync([3]);

        (await SweepAsync([live.Digest])).ShouldBe(new SweepReport(0, 1, 0));

        Contents.Find(_org, lost.Digest).ShouldBeNull();
        Contents.Find(_org, live.Digest).ShouldNotBeNull();
        Contents.Find(_org, again.Digest).ShouldNotBeNull();
    }

    [Fact]
    public async Task Content_that_nothing_ever_named_goes_to_the_trash_and_what_was_given_up_is_deleted()
    {
        var orphan = (await PutAsync([1])).ShouldNotBeNull();
        var forgotten = (await PutAsync([2])).ShouldNotBeNull();
        await File.WriteAllTextAsync(Path.Combine(_store.Folder, "content", "incoming", "half"), "Not whole.", Ct);
        await File.WriteAllTextAsync(Path.Combine(_store.Folder, "content", "note.txt"), "An operator's own file.", Ct);
        _store.Clock.Advance(TimeSpan.FromDays(400));

        (await SweepAsync([], [forgotten.Digest])).ShouldBe(new SweepReport(1, 2, 0));

        _store.Files("content").ShouldBeEmpty();
        _store.Files("trash").Select(f => f[(f.IndexOf('/', StringComparison.Ordinal) + 1)..])
            .ShouldBe([Path.GetRelativePath(_store.Folder, orphan.Path), "content/note.txt"], ignoreOrder: true);
    }

    [Fact]
    public async Task Content_that_was_stored_again_after_its_record_was_given_up_goes_to_the_trash()
    {
        var givenUp = _store.Clock.GetUtcNow();
        _store.Clock.Advance(TimeSpan.FromDays(1));
        var again = (await PutAsync([3])).ShouldNotBeNull();
        _store.Clock.Advance(TimeSpan.FromDays(1));

        (await SweepAsync([], [again.Digest], givenUp)).ShouldBe(new SweepReport(0, 1, 0));

        _store.Files("trash").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_put_tells_whether_the_content_is_new()
    {
        (await PutAsync([4])).ShouldNotBeNull().IsNew.ShouldBeTrue();
        _store.Clock.Advance(TimeSpan.FromSeconds(1));

        var again = (await PutAsync([4])).ShouldNotBeNull();
        again.IsNew.ShouldBeFalse();
        again.StoredAt.ShouldBe(_store.Clock.GetUtcNow().UtcDateTime);
    }

    private Task<SweepReport> SweepAsync(HashSet<string> live, HashSet<string>? forgotten = null, DateTimeOffset? forgottenAt = null) => Contents.SweepAsync(
        new()
        {
            Live = live.Select(digest => (_org, digest)).ToHashSet(),
            MinimumAge = _hour,
            FindForgotten = (names, _) => Task.FromResult<IReadOnlyDictionary<(Guid, string), DateTimeOffset>>(
                names.Where(n => forgotten?.Contains(n.Digest) == true).ToDictionary(n => n, _ => forgottenAt ?? DateTimeOffset.MaxValue)),
        },
        Ct);

    private Task<StoredContent?> PutAsync(byte[] bytes, long maxBytes = 1_000_000) => Contents.PutAsync(_org, new MemoryStream(bytes), maxBytes, Ct);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(_store.Folder, "content"), "*", SearchOption.AllDirectories);

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Reset.");
    }
}
