using System.Collections.Concurrent;
using System.Globalization;
using Kinema.Motion.Threads;

namespace Kinema.Motion.Tests.Threads;

public sealed class RenderThreadsTests : IDisposable
{
    private readonly RenderThreads _threads = new();
    private readonly ConcurrentDictionary<string, int> _seen = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _threads.Dispose();

    [Fact]
    public async Task Work_and_its_loops_stay_on_threads_of_low_priority_and_the_pool_keeps_its_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "nice values of threads are Linux'");
        await _threads.RunAsync(
            () =>
            {
                Parallel.For(0, 200, SameThreads.Options(Ct), _ => Parallel.Invoke(SameThreads.Options(Ct), Note, Note));
                Note();
                return Task.CompletedTask;
            },
            Ct);

        _seen.ShouldAllBe(thread => thread.Key.StartsWith("render ") && thread.Value == 10);
        _seen.Count.ShouldBeLessThanOrEqualTo(Environment.ProcessorCount);

        _seen.Clear();
        await Task.Run(Note, Ct);
        _seen.ShouldAllBe(thread => !thread.Key.StartsWith("render ") && thread.Value < 10);
    }

    [Fact]
    public async Task What_follows_a_wait_is_back_on_them()
    {
        await _threads.RunAsync(
            async () =>
            {
                await Task.Delay(20, Ct).ConfigureAwait(true);
                Note();
            },
            Ct);

        _seen.Keys.ShouldHaveSingleItem().ShouldStartWith("render ");
    }

    /// <summary>More loops within loops than there are threads: each goes on where it was called.</summary>
    [Fact]
    public async Task Many_works_with_loops_within_loops_all_end()
    {
        var count = 0;
        var works = Enumerable.Range(0, Environment.ProcessorCount * 8).Select(_ => _threads.RunAsync(
            () =>
            {
                Parallel.For(0, 20, SameThreads.Options(Ct), _ => Parallel.For(0, 20, SameThreads.Options(Ct), _ => Interlocked.Increment(ref count)));
                return Task.FromResult(1);
            },
            Ct));

        (await Task.WhenAll(works).WaitAsync(TimeSpan.FromMinutes(1), Ct)).Sum().ShouldBe(Environment.ProcessorCount * 8);
        count.ShouldBe(Environment.ProcessorCount * 8 * 400);
    }

    [Fact]
    public async Task A_failure_reaches_the_caller_and_the_thread_goes_on()
    {
        for (var i = 0; i < Environment.ProcessorCount * 2; i++)
            await Should.ThrowAsync<InvalidOperationException>(() => _threads.RunAsync(() => throw new InvalidOperationException("no"), Ct));

        (await _threads.RunAsync(() => Task.FromResult(7), Ct)).ShouldBe(7);
    }

    [Fact]
    public async Task What_was_cancelled_before_its_turn_is_not_begun()
    {
        using var gate = new ManualResetEventSlim();
        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => _threads.RunAsync(
            () =>
            {
                gate.Wait(TimeSpan.FromMinutes(1), Ct);
                return Task.CompletedTask;
            },
            Ct)).ToList();
        using var cancellation = new CancellationTokenSource();
        var begun = false;
        var waiting = _threads.RunAsync(() => Task.FromResult(begun = true), cancellation.Token);

        await cancellation.CancelAsync();
        gate.Set();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await Task.WhenAll(busy);
        begun.ShouldBeFalse();
    }

    private void Note()
    {
        // The 17th field behind the name is the thread's nice value; proc(5).
        var fields = OperatingSystem.IsLinux() ? File.ReadAllText("/proc/thread-self/stat").Split(") ", 2)[1].Split(' ') : [];
        _seen[Thread.CurrentThread.Name ?? "pool"] = fields.Length > 16 ? int.Parse(fields[16], CultureInfo.InvariantCulture) : 0;
    }
}
