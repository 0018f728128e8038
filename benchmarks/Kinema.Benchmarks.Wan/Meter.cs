using System.Diagnostics;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>The device of a benchmark and its timer: wall-clock time, or processor time if one thread computes.</summary>
/// <remarks>Other programs increase wall-clock time but hardly one thread's processor time, so this can measure on a busy machine too.</remarks>
internal sealed class Meter
{
    private readonly bool _processorTime;

    public Meter(torch.Device device, int? threads)
    {
        Device = device;
        if (threads is { } count)
            torch.set_num_threads(count);
        _processorTime = threads == 1 && device.type == DeviceType.CPU;
    }

    public torch.Device Device { get; }

    public override string ToString() => Device.type != DeviceType.CPU
        ? $"{Device}"
        : $"{torch.get_num_threads()} thread{(torch.get_num_threads() == 1 ? "" : "s")}, {(_processorTime ? "processor time" : "by the clock")}";

    /// <summary>Returns the seconds of an action, including queued work on a GPU.</summary>
    public double Seconds(Action action)
    {
        Wait();
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        action();
        Wait();
        return _processorTime ? (Environment.CpuUsage.TotalTime - before).TotalSeconds : clock.Elapsed.TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private void Wait()
    {
        if (Device.type == DeviceType.CUDA)
            torch.cuda.synchronize(Device);
    }
}
