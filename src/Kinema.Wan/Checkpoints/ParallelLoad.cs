using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Kinema.Wan.Checkpoints;

/// <summary>Reads chunks on all processors, counts their bytes, reports them in order, and stops when asked to.</summary>
internal sealed class ParallelLoad(long total, IProgress<LoadProgress>? progress, CancellationToken ct)
{
    private readonly Lock _lock = new();
    private long _done;

    public void ReportBytes(long bytes)
    {
        lock (_lock)
        {
            // Within, so that nothing is reported after the report that made somebody cancel.
            ct.ThrowIfCancellationRequested();
            _done += bytes;
            progress?.Report(new LoadProgress(_done, total));
        }
    }

    public void Load(IReadOnlyCollection<LoadChunk> chunks) => InParallel(chunks, chunk => ReportBytes(chunk.BytesRead));

    /// <summary>For chunks that are only steps of something that is counted elsewhere.</summary>
    public void RunUncounted(IReadOnlyCollection<LoadChunk> chunks) => InParallel(chunks, done: null);

    private void InParallel(IReadOnlyCollection<LoadChunk> chunks, Action<LoadChunk>? done)
    {
        try
        {
            // One by one, so that together the threads go through the file from front to back.
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
