namespace Kinema.Benchmarks.Wan;

/// <summary>Measures operations in rounds, with the peak before and after each of them, so that other load on the machine affects both.</summary>
internal sealed class PeakComparison(Meter meter, MatMulPeak peak, int rounds)
{
    private readonly List<double> _peaks = [];

    /// <summary>The median peak over all measurements, in operations per second.</summary>
    public double Peak => Meter.Median(_peaks);

    /// <summary>Returns the median seconds of an action, and the median of its speed relative to the simultaneous peak.</summary>
    public (double Seconds, double Ratio) Of(double operations, Action action)
    {
        var (seconds, ratios) = (new List<double>(), new List<double>());
        meter.Seconds(action);
        for (var round = 0; round < rounds; round++)
        {
            var before = peak.Measure();
            seconds.Add(meter.Seconds(action));
            var current = (before + peak.Measure()) / 2;
            _peaks.Add(current);
            ratios.Add(operations / seconds[^1] / current);
        }

        return (Meter.Median(seconds), Meter.Median(ratios));
    }

    /// <summary>Returns the median seconds of an action without matrix products.</summary>
    public double Seconds(Action action)
    {
        meter.Seconds(action);
        return Meter.Median(Enumerable.Range(0, rounds).Select(_ => meter.Seconds(action)));
    }
}
