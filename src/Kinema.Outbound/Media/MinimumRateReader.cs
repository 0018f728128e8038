namespace Kinema.Outbound.Media;

/// <summary>Reads a body and aborts if its average rate stays below a minimum; counts only time spent waiting for the peer.</summary>
internal sealed class MinimumRateReader(int minBytesPerSecond, TimeProvider timeProvider, CancellationToken lifetime) : IDisposable
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _tooSlow = new(Timeout.InfiniteTimeSpan, timeProvider);
    private TimeSpan _waited;
    private long _received;

    /// <exception cref="OperationCanceledException">Too slow, or the exchange ended.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer)
    {
        if (minBytesPerSecond == 0)
            return await body.ReadAsync(buffer, lifetime);

        var left = _grace + TimeSpan.FromSeconds((double)_received / minBytesPerSecond) - _waited;
        if (left <= TimeSpan.Zero)
            throw new OperationCanceledException();

        _tooSlow.CancelAfter(left < MaxTimer ? left : MaxTimer);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime, _tooSlow.Token);
        var started = timeProvider.GetTimestamp();
        var count = await body.ReadAsync(buffer, either.Token);
        _waited += timeProvider.GetElapsedTime(started);
        _received += count;
        return count;
    }

    public void Dispose() => _tooSlow.Dispose();

    /// <summary>Timers are limited to about 49 days.</summary>
    private static TimeSpan MaxTimer => TimeSpan.FromDays(1);
}
