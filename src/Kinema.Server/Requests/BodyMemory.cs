using System.Buffers;
using System.Numerics;
using System.Threading.RateLimiting;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Requests;

/// <summary>Bounds the memory of large bodies: all that exist at once share <c>Server:MaxBodyMemoryMiB</c>, in the order in which they came.</summary>
internal sealed class BodyMemory : IDisposable
{
    private const int MiB = 1 << 20;

    private readonly ConcurrencyLimiter _mebibytes;
    private readonly ArrayPool<byte> _pool;
    private readonly TimeSpan _wait;
    private readonly TimeProvider _timeProvider;

    public BodyMemory(IOptions<ServerOptions> options, TimeProvider timeProvider)
    {
        var limit = options.Value.MaxBodyMemoryMiB;
        _mebibytes = new(new() { PermitLimit = limit, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

        // Not the shared pool, which keeps an array of every size for every thread.
        _pool = ArrayPool<byte>.Create((int)JsonBody.MaxCreateBytes, Math.Max(1, limit / (int)(JsonBody.MaxCreateBytes / MiB)));
        _wait = TimeSpan.FromSeconds(options.Value.BodyMemoryWaitSeconds);
        _timeProvider = timeProvider;
    }

    /// <returns>Memory for this many bytes, or null if none became free in <c>Server:BodyMemoryWaitSeconds</c>.</returns>
    public async Task<PooledBody?> TryRentAsync(int bytes, CancellationToken ct)
    {
        // The pool's arrays are powers of two.
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, MiB));
        if (_mebibytes.AttemptAcquire(size / MiB) is { IsAcquired: true } free)
            return new PooledBody(_pool, size, free);

        using var limit = new CancellationTokenSource(_wait, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var lease = await _mebibytes.AcquireAsync(size / MiB, either.Token);
            return new PooledBody(_pool, size, lease);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _mebibytes.Dispose();
}
