using Microsoft.Extensions.Time.Testing;

namespace Kinema.Outbound.Tests.Support;

internal static class Ticking
{
    /// <summary>Lets the clock run, a tenth of a second at a time, until the work is done: for peers that stall in a place the test cannot see.</summary>
    public static async Task<(T Result, TimeSpan Took)> UntilAsync<T>(this FakeTimeProvider clock, Task<T> work)
    {
        var started = clock.GetTimestamp();
        while (!work.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(work, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        return (await work, clock.GetElapsedTime(started));
    }
}
