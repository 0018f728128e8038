using System.Diagnostics;

namespace Kinema.Benchmarks;

/// <summary>Latencies of one operation under a fixed number of callers.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];
    private readonly Lock _gate = new();

    public int Count => _milliseconds.Count;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    public async Task<T> MeasureAsync<T>(Func<Task<T>> operation)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await operation();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        lock (_gate)
            _milliseconds.Add(elapsed);
        return result;
    }

    public double Percentile(double fraction)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(fraction * sorted.Length) - 1)];
    }
}
