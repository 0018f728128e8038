namespace Kinema.Benchmarks.Wan;

/// <summary>Measures parts in rounds, the ceiling before and after each of them, so that what else the machine does falls on both.</summary>
internal sealed class Comparison(Meter meter, Ceiling ceiling, int rounds)
{
    private readonly List<double> _ceilings = [];

    /// <summary>The ceiling's median over all that was measured, operations a second.</summary>
    public double Peak => Meter.Median(_ceilings);

    /// <summary>Median seconds of something, and the median of its speed over the ceiling's of the same moment.</summary>
    public (double Seconds, double Ratio) Of(double operations, Action action)
    {
        var (seconds, ratios) = (new List<double>(), new List<double>());
        meter.Seconds(action);
        for (var round = 0; round < rounds; round++)
        {
            var before = ceiling.Measure();
            seconds.Add(meter.Seconds(action));
            var peak = (before + ceiling.Measure()) / 2;
            _ceilings.Add(peak);
            ratios.Add(operations / seconds[^1] / peak);
        }

        return (Meter.Median(seconds), Meter.Median(ratios));
    }

    /// <summary>Median seconds of something that does no products.</summary>
    public double Seconds(Action action)
    {
        meter.Seconds(action);
        return Meter.Median(Enumerable.Range(0, rounds).Select(_ => meter.Seconds(action)));
    }
}
