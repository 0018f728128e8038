using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Support;

/// <summary>The clocks of a machine that can be suspended: the wall clock goes on, timers and the monotonic clock do not.</summary>
internal sealed class SleepyClock : FakeTimeProvider
{
    private long _sleptTicks;

    public void Suspend(TimeSpan time) => Interlocked.Add(ref _sleptTicks, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _sleptTicks));

    // The base class derives timestamps from the wall time that callers see.
    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
