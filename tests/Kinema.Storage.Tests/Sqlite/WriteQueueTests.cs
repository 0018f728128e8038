using Dapper;
using Kinema.Core.Storage;
using Kinema.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kinema.Storage.Tests.Sqlite;

public sealed class WriteQueueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-test-").FullName;
    private readonly StoreConnection _connection;
    private readonly WriteQueue _queue;
    private int _commits;

    public WriteQueueTests()
    {
        _connection = new($"Data Source={Path.Combine(_folder, "queue.db")};Pooling=False");
        _connection.Open();
        _connection.Execute("PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, data TEXT);");
        raw.sqlite3_commit_hook(
            _connection.Handle,
            _ =>
            {
                _commits++;
                return 0;
            },
            null);
        _queue = new(_connection);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _queue.Dispose();
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Writes_that_wait_together_are_committed_together()
    {
        var writes = await WithWaitingAsync([.. Enumerable.Range(0, 20).Select(n => Insert(n))]);

        writes.ShouldBe(Enumerable.Repeat(1, 20));
        Stored().ShouldBe(Enumerable.Range(0, 20));
        _commits.ShouldBe(2); // the first alone, then the twenty
    }

    [Fact]
    public async Task A_write_that_throws_undoes_itself_and_no_other()
    {
        var tasks = await StartWaitingAsync(
        [
            Insert(1),
            c =>
            {
                c.Execute("INSERT INTO t VALUES (2, 'half')");
                throw new InvalidOperationException("refused");
            },
            c => c.Execute("INSERT INTO t VALUES (1, 'twice')"),
            Insert(3),
        ]);

        (await tasks[0]).ShouldBe(1);
        (await Should.ThrowAsync<InvalidOperationException>(() => tasks[1])).Message.ShouldBe("refused");
        (await Should.ThrowAsync<SqliteException>(() => tasks[2])).SqliteErrorCode.ShouldBe(raw.SQLITE_CONSTRAINT);
        (await tasks[3]).ShouldBe(1);
        Stored().ShouldBe([1, 3]);
    }

    [Fact]
    public async Task A_write_for_which_there_is_no_room_takes_no_other_along()
    {
        await _queue.RunAsync(c => c.Execute($"PRAGMA max_page_count = {c.ExecuteScalar<int>("PRAGMA page_count") + 2}"), Ct);

        var tasks = await StartWaitingAsync([Insert(1), c => c.Execute("INSERT INTO t VALUES (2, hex(zeroblob(100000)))"), Insert(3)]);

        (await tasks[0]).ShouldBe(1);
        (await Should.ThrowAsync<StorageFullException>(() => tasks[1])).Message.ShouldContain("full");
        (await tasks[2]).ShouldBe(1);
        Stored().ShouldBe([1, 3]);
        _queue.LastFailure.ShouldBeNull();
    }

    [Fact]
    public async Task A_read_only_database_says_so_until_a_write_succeeds()
    {
        _connection.Execute("PRAGMA query_only = ON");
        (await Should.ThrowAsync<StorageFullException>(() => _queue.RunAsync(Insert(1), Ct))).Message.ShouldContain("read-only");
        _queue.LastFailure.ShouldNotBeNull();

        _connection.Execute("PRAGMA query_only = OFF");
        (await _queue.RunAsync(Insert(1), Ct)).ShouldBe(1);
        _queue.LastFailure.ShouldBeNull();
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_waits_does_not_run()
    {
        using var cancel = new CancellationTokenSource();
        var (release, first) = Block();
        var cancelled = _queue.RunAsync(Insert(1), cancel.Token);
        var other = _queue.RunAsync(Insert(2), Ct);
        await cancel.CancelAsync();
        release.Set();

        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        await other;
        await first;
        Stored().ShouldBe([2]);
    }

    [Fact]
    public async Task No_write_is_lost_or_run_twice_under_many_callers()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                    await _queue.RunAsync(Insert((caller * 100) + i), Ct);
            },
            Ct)));

        Stored().ShouldBe(Enumerable.Range(0, 1600));
    }

    [Fact]
    public async Task A_closed_queue_fails_what_waits_and_what_comes()
    {
        var (release, first) = Block();
        var waiting = _queue.RunAsync(Insert(1), Ct);
        var closing = Task.Run(_queue.Dispose, Ct);
        release.Set();
        await first;
        await closing;

        // The waiting write either came before the closing or not at all.
        if (await Task.WhenAny(waiting) is { IsFaulted: true })
            Stored().ShouldBeEmpty();
        else
            Stored().ShouldBe([1]);
        await Should.ThrowAsync<InvalidOperationException>(() => _queue.RunAsync(Insert(2), Ct));
    }

    private static Func<StoreConnection, int> Insert(int n) => c => c.Execute("INSERT INTO t VALUES (@n, 'data')", new { n });

    private int[] Stored() => [.. _connection.Query<int>("SELECT n FROM t ORDER BY n")];

    private async Task<int[]> WithWaitingAsync(Func<StoreConnection, int>[] writes) => await Task.WhenAll(await StartWaitingAsync(writes));

    /// <summary>Queues the writes behind one that runs, then lets it end.</summary>
    private async Task<Task<int>[]> StartWaitingAsync(Func<StoreConnection, int>[] writes)
    {
        var (release, first) = Block();
        Task<int>[] tasks = [.. writes.Select(write => _queue.RunAsync(write, Ct))];
        release.Set();
        await first;
        return tasks;
    }

    private (ManualResetEventSlim Release, Task First) Block()
    {
        var (started, release) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var first = Task.Run(
            () => _queue.RunAsync(
                _ =>
                {
                    started.Set();
                    release.Wait(Ct);
                    return 0;
                },
                Ct),
            Ct);
        started.Wait(Ct);
        return (release, first);
    }
}
