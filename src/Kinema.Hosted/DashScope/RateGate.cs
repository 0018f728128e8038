namespace Kinema.Hosted.DashScope;

/// <summary>Lets callers pass in their order, so many a second at most.</summary>
internal sealed class RateGate(double perSecond, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly long _interval = (long)(timeProvider.TimestampFrequency / perSecond);
    private long _next;

    public Task PassAsync(CancellationToken ct)
    {
        long wait;
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            var at = Math.Max(now, _next);
            _next = at + _interval;
            wait = at - now;
        }

        return wait <= 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds((double)wait / timeProvider.TimestampFrequency), timeProvider, ct);
    }
}
