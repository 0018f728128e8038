using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The noise a video begins as: PyTorch's CPU generator (Mersenne Twister 19937, Box–Muller), whatever device the models run on.</summary>
/// <remarks>It is what diffusers draws with <c>torch.Generator("cpu").manual_seed(seed)</c>, so seeds mean the same here and there.</remarks>
internal static class NoiseSource
{
    /// <summary>[1, channels, frames, rows, columns], normal, float32, on the CPU.</summary>
    public static Tensor Draw(long seed, long channels, long frames, long rows, long columns)
    {
        using var generator = new Generator((ulong)seed, CPU);
        return randn([1, channels, frames, rows, columns], dtype: ScalarType.Float32, device: CPU, generator: generator);
    }
}
