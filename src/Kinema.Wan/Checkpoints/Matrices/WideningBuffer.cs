using static TorchSharp.torch;

namespace Kinema.Wan.Checkpoints.Matrices;

/// <summary>
/// The memory into which the packed matrices of a model are widened, one at a time: as large as the largest of them, and allocated on first use. A new one for
/// every product would be mapped, cleared and unmapped every time.
/// </summary>
internal sealed class WideningBuffer(ScalarType type, Device device) : IDisposable
{
    private Tensor? _numbers;
    private long _largest;

    public ScalarType Type => type;

    public Device Device => device;

    /// <summary>Announces a matrix of that many numbers; before the first use.</summary>
    public void Announce(long numbers) => _largest = Math.Max(_largest, numbers);

    /// <summary>Returns a matrix with any content, valid until the next one is taken. The caller disposes it.</summary>
    public Tensor Take(long rows, long columns)
    {
        _numbers ??= (device.type == TorchSharp.DeviceType.CPU ? TensorMemory.Allocate([_largest], type) : empty([_largest], type, device)).DetachFromDisposeScope();
        using var part = _numbers.narrow(0, 0, rows * columns);
        return part.view(rows, columns);
    }

    public void Dispose() => _numbers?.Dispose();
}
