using Kinema.Worker.Attempts;
using Kinema.Worker.Tests.Support;

namespace Kinema.Worker.Tests.Attempts;

public sealed class AttemptTimingsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Setting_the_clock_while_an_attempt_runs_changes_none_of_its_times(int seconds)
    {
        var clock = new SleepyClock();
        var times = new AttemptTimings(TimeSpan.FromSeconds(5), clock);

        clock.Advance(TimeSpan.FromSeconds(2));
        times.InputsReady();
        clock.Suspend(TimeSpan.FromSeconds(seconds));
        clock.Advance(TimeSpan.FromSeconds(4));

        times.Timing(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), TimeSpan.Zero).ShouldBe(new(5_000, 2_000, 3_000, 1_000, 0, 11_000));
    }

    [Fact]
    public void A_run_created_later_than_now_waited_no_time()
    {
        var clock = new SleepyClock();
        var times = new AttemptTimings(TimeSpan.FromSeconds(-30), clock);
        clock.Advance(TimeSpan.FromSeconds(1));

        var timing = times.Timing(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

        timing.QueueMs.ShouldBe(0);
        timing.TotalMs.ShouldBe(1_000);
    }
}
