using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>The machine's peak throughput: a large square matrix product of the same type, as in a linear layer without bias.</summary>
internal sealed class MatMulPeak : IDisposable
{
    private readonly Meter _meter;
    private readonly torch.Tensor _left, _right;

    public MatMulPeak(Meter meter, torch.ScalarType type)
    {
        _meter = meter;
        var side = meter.Device.type == DeviceType.CPU ? 3072 : 8192;
        _left = torch.randn([side, side], device: meter.Device).to_type(type);
        _right = torch.randn([side, side], device: meter.Device).to_type(type);
        Measure();
    }

    /// <summary>Returns the operations per second.</summary>
    public double Measure() => 2 * Math.Pow(_left.shape[0], 3) / _meter.Seconds(() => torch.nn.functional.linear(_left, _right));

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }
}
