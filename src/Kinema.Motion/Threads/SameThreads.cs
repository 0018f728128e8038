namespace Kinema.Motion.Threads;

/// <summary>Parallel loops on the caller's kind of threads. Without it they take those of the pool, whoever calls.</summary>
internal static class SameThreads
{
    public static ParallelOptions Options(CancellationToken ct) => new() { CancellationToken = ct, TaskScheduler = TaskScheduler.Current };
}
