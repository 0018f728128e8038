using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Kinema.Motion.Threads;

/// <summary>
/// Threads of lower priority for what takes all processors for minutes, one for each processor, shared by all videos. In the pool, and with its priority, that work would
/// keep requests waiting.
/// </summary>
/// <remarks>On Linux each thread has a nice value of its own, as encoders have; the runtime ignores a thread's priority there. The threads begin with the first work.</remarks>
internal sealed partial class RenderThreads : TaskScheduler, IDisposable
{
    // setpriority(2): which, a process or thread; who, the calling one.
    private const int OfProcess = 0, OfCaller = 0;

    /// <summary>As <c>Kinema.Media</c> starts encoders with.</summary>
    private const int Niceness = 10;

    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Lazy<HashSet<Thread>> _threads;

    public RenderThreads() => _threads = new(Start);

    public override int MaximumConcurrencyLevel => Environment.ProcessorCount;

    /// <summary>Does the work on these threads. Parallel loops inside stay there if they take <see cref="SameThreads.Options"/>.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct) => Task.Factory.StartNew(work, ct, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> work, CancellationToken ct) => Task.Factory.StartNew(work, ct, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>The threads end when what was queued is done.</summary>
    public void Dispose() => _tasks.CompleteAdding();

    protected override void QueueTask(Task task)
    {
        _ = _threads.Value;
        _tasks.Add(task);
    }

    /// <summary>A loop inside a task goes on at once; others wait for a thread of ours.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        _threads.IsValueCreated && _threads.Value.Contains(Thread.CurrentThread) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private HashSet<Thread> Start()
    {
        var threads = Enumerable.Range(0, MaximumConcurrencyLevel).Select(number => new Thread(Work) { IsBackground = true, Name = $"render {number}" }).ToHashSet();
        foreach (var thread in threads)
            thread.Start();
        return threads;
    }

    private void Work()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(OfProcess, OfCaller, Niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        foreach (var task in _tasks.GetConsumingEnumerable())
            TryExecuteTask(task);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int value);
}
