namespace Kinema.Benchmarks;

/// <summary>A bounded load with a fixed number of callers and operations.</summary>
internal static class Load
{
    public static async Task RunAsync(int callers, int total, Func<int, Task> operation)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < total)
                await operation(i);
        }));
    }
}
