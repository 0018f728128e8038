using Microsoft.Extensions.Time.Testing;

namespace Kinema.Storage.Tests.Conformance;

/// <summary>A clock in the test's hand whose wall time can be set while monotonic time and timers go on.</summary>
/// <remarks><see cref="FakeTimeProvider"/> derives its timestamps from its wall time, so <c>AdjustTime</c> would move both.</remarks>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How far the wall clock was set.</summary>
    public TimeSpan WallOffset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + WallOffset;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
