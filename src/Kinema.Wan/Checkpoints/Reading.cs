using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Kinema.Wan.Checkpoints;

/// <summary>Reads pieces on all processors, counts their bytes, reports them in order, and stops when asked to.</summary>
internal sealed class Reading(long total, IProgress<LoadProgress>? progress, CancellationToken ct)
{
    private readonly Lock _lock = new();
    private long _done;

    public void Add(long bytes)
    {
        lock (_lock)
        {
            // Within, so that nothing is reported after the report that made somebody cancel.
            ct.ThrowIfCancellationRequested();
            _done += bytes;
            progress?.Report(new LoadProgress(_done, total));
        }
    }

    public void Load(IReadOnlyCollection<LoadPiece> pieces) => InParallel(pieces, piece => Add(piece.BytesRead));

    /// <summary>For pieces that are only steps of something that is counted elsewhere.</summary>
    public void Work(IReadOnlyCollection<LoadPiece> pieces) => InParallel(pieces, done: null);

    private void InParallel(IReadOnlyCollection<LoadPiece> pieces, Action<LoadPiece>? done)
    {
        try
        {
            // One by one, so that together the threads go through the file from front to back.
            Parallel.ForEach(
                Partitioner.Create(pieces, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount },
                piece =>
                {
                    piece.Load();
                    done?.Invoke(piece);
                });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
