using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Kinema.Wan.Checkpoints;

/// <summary>Loads chunks on all processors, reports the loaded bytes in order, and supports cancellation.</summary>
internal sealed class ParallelLoad(long total, IProgress<LoadProgress>? progress, CancellationToken ct)
{
    private readonly Lock _lock = new();
    private long _done;

    public void ReportBytes(long bytes)
    {
        lock (_lock)
        {
            // Inside the lock, so that nothing is reported after a report whose receiver cancels.
            ct.ThrowIfCancellationRequested();
            _done += bytes;
            progress?.Report(new LoadProgress(_done, total));
        }
    }

    public void Load(IReadOnlyCollection<LoadChunk> chunks) => InParallel(chunks, chunk => ReportBytes(chunk.BytesRead));

    /// <summary>Runs chunks whose bytes are counted elsewhere.</summary>
    public void RunUncounted(IReadOnlyCollection<LoadChunk> chunks) => InParallel(chunks, done: null);

    private void InParallel(IReadOnlyCollection<LoadChunk> chunks, Action<LoadChunk>? done)
    {
        try
        {
            // Without buffering, so that the threads together read the file from front to back.
            Parallel.ForEach(
                Partitioner.Create(chunks, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount },
                chunk =>
                {
                    chunk.Load();
                    done?.Invoke(chunk);
                });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
