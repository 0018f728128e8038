namespace Kinema.Outbound.Media;

/// <summary>Reads a body and gives up on it when it stays below an average rate; only the time spent waiting for the peer counts.</summary>
internal sealed class BodyPace(int minBytesPerSecond, TimeProvider clock, CancellationToken life) : IDisposable
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _tooSlow = new(Timeout.InfiniteTimeSpan, clock);
    private TimeSpan _waited;
    private long _received;

    /// <exception cref="OperationCanceledException">Too slow, or the exchange ended.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer)
    {
        if (minBytesPerSecond == 0)
            return await body.ReadAsync(buffer, life);

        var left = _grace + TimeSpan.FromSeconds((double)_received / minBytesPerSecond) - _waited;
        if (left <= TimeSpan.Zero)
            throw new OperationCanceledException();

        _tooSlow.CancelAfter(left < MaxTimer ? left : MaxTimer);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(life, _tooSlow.Token);
        var started = clock.GetTimestamp();
        var count = await body.ReadAsync(buffer, either.Token);
        _waited += clock.GetElapsedTime(started);
        _received += count;
        return count;
    }

    public void Dispose() => _tooSlow.Dispose();

    /// <summary>A timer takes no more than about 49 days.</summary>
    private static TimeSpan MaxTimer => TimeSpan.FromDays(1);
}
