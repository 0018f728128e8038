using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The initial noise of a video, from PyTorch's CPU generator (Mersenne Twister 19937, Box–Muller), on whatever device the models run.</summary>
/// <remarks>diffusers draws the same noise with <c>torch.Generator("cpu").manual_seed(seed)</c>, so a seed means the same in both.</remarks>
internal static class NoiseSource
{
    /// <summary>Returns [1, channels, frames, rows, columns], normally distributed, float32, on the CPU.</summary>
    public static Tensor Draw(long seed, long channels, long frames, long rows, long columns)
    {
        using var generator = new Generator((ulong)seed, CPU);
        return randn([1, channels, frames, rows, columns], dtype: ScalarType.Float32, device: CPU, generator: generator);
    }
}
