using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>What the machine can do at most: a large square matrix product of the same type, as a linear layer without bias multiplies it.</summary>
internal sealed class Ceiling : IDisposable
{
    private readonly Meter _meter;
    private readonly torch.Tensor _left, _right;

    public Ceiling(Meter meter, torch.ScalarType type)
    {
        _meter = meter;
        var side = meter.Device.type == DeviceType.CPU ? 3072 : 8192;
        _left = torch.randn([side, side], device: meter.Device).to_type(type);
        _right = torch.randn([side, side], device: meter.Device).to_type(type);
        Measure();
    }

    /// <summary>Its operations in a second, now.</summary>
    public double Measure() => 2 * Math.Pow(_left.shape[0], 3) / _meter.Seconds(() => torch.nn.functional.linear(_left, _right));

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }
}
