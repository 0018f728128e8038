using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Runs;

public sealed class RunForecastTests
{
    private static readonly TimeSpan[] _measured = [.. new[] { 10, 30, 20, 500, 25 }.Select(s => TimeSpan.FromSeconds(s))];

    [Theory]
    [InlineData(0, 0, 2, 0)]
    [InlineData(0, 1, 2, 0)]
    [InlineData(0, 2, 2, 12.5)]
    [InlineData(4, 2, 2, 62.5)]
    public void The_wait_is_the_median_for_each_run_ahead_over_all_places(int ahead, int active, int capacity, double seconds)
    {
        var forecast = RunForecast.Compute(_measured, ahead, active, capacity);

        forecast.Duration.ShouldBe(TimeSpan.FromSeconds(25));
        forecast.Wait.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Too_few_measured_runs_or_no_worker_give_no_forecast()
    {
        RunForecast.Compute(_measured[..2], 1, 1, 1).ShouldBe(new(1, null, null, 2));
        RunForecast.Compute(_measured, 1, 0, 0).Wait.ShouldBeNull();
    }
}
