using System.Threading.RateLimiting;

namespace Kinema.Server.RateLimits;

/// <summary>
/// A bucket of tokens for each key: as many requests at once as it holds, refilled evenly over a minute. The limiter forgets full buckets, so only keys that
/// ask take memory.
/// </summary>
internal sealed class RequestRate<TKey> : IDisposable
    where TKey : notnull
{
    /// <summary>How often the limiter refills the buckets of all keys.</summary>
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(100);

    private readonly int _perMinute;
    private readonly TimeSpan _refill;
    private readonly PartitionedRateLimiter<TKey> _buckets;

    public RequestRate(int perMinute)
    {
        var tokens = Math.Max(1, perMinute / 600);
        _perMinute = perMinute;
        _refill = TimeSpan.FromMinutes(1) * tokens / perMinute;
        _buckets = PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.GetTokenBucketLimiter(
            key, _ => new() { TokenLimit = perMinute, TokensPerPeriod = tokens, ReplenishmentPeriod = _refill, QueueLimit = 0 }));
    }

    /// <summary>Takes a token if there is one.</summary>
    public RateVerdict Take(TKey key)
    {
        using var lease = _buckets.AttemptAcquire(key);
        var left = (int)(_buckets.GetStatistics(key)?.CurrentAvailablePermits ?? 0);
        return new(
            lease.IsAcquired,
            _perMinute,
            left,
            TimeSpan.FromMinutes(1) * (_perMinute - left) / _perMinute,
            lease.IsAcquired ? TimeSpan.Zero : _refill + _tick);
    }

    public void Dispose() => _buckets.Dispose();
}

/// <param name="IsAllowed">Whether the request may go on.</param>
/// <param name="Limit">Requests a minute.</param>
/// <param name="Left">Requests that may still come at once.</param>
/// <param name="FullAfter">When all may come at once again.</param>
/// <param name="RetryAfter">When the next may come, at the latest; zero if it may now.</param>
internal sealed record RateVerdict(bool IsAllowed, int Limit, int Left, TimeSpan FullAfter, TimeSpan RetryAfter);
