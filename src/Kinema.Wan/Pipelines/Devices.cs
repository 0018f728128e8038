using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>Device names and compute types.</summary>
internal static partial class Devices
{
    /// <exception cref="ArgumentException">The name is not a device's.</exception>
    /// <exception cref="WanException">The device is not available.</exception>
    public static Device Open(string name)
    {
        if (!Name().IsMatch(name))
            throw new ArgumentException($"Device must be cpu, cuda or cuda:N; got \"{name}\".");
        if (name == "cpu")
            return CPU;

        // Checked first, because TorchSharp's device() throws without CUDA.
        if (!cuda.is_available())
            throw new WanException($"Device {name} cannot be used: this process has no CUDA. Use a CUDA build of libtorch (see {LibTorch.EnvironmentVariable}), or cpu.");

        return device(name);
    }

    public static ScalarType TypeFor(WanPrecision precision, Device device, Checkpoint checkpoint) => precision switch
    {
        WanPrecision.BFloat16 => ScalarType.BFloat16,
        WanPrecision.Float32 => ScalarType.Float32,
        _ => device.type == DeviceType.CUDA || IsStoredInLowPrecision(checkpoint) ? ScalarType.BFloat16 : ScalarType.Float32,
    };

    public static WanPrecision PrecisionOf(ScalarType type) => type == ScalarType.Float32 ? WanPrecision.Float32 : WanPrecision.BFloat16;

    /// <summary>Whether most bytes of the transformer are stored in 16 bits or less per number.</summary>
    private static bool IsStoredInLowPrecision(Checkpoint checkpoint)
    {
        using var set = checkpoint.Open(ComponentName.Transformer);
        var lowPrecisionBytes = set.Tensors.Values.Where(stored => stored.Entry.Length <= 2 * stored.Entry.Count).Sum(stored => stored.Entry.Length);
        return 2 * lowPrecisionBytes > set.Tensors.Values.Sum(stored => stored.Entry.Length);
    }

    [GeneratedRegex("^(cpu|cuda(:[0-9]{1,3})?)\\z")]
    private static partial Regex Name();
}
