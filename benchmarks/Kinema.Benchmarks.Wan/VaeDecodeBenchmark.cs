using Kinema.Wan.Vae;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>
/// Measures decoding with random weights of the real shapes: the first frame and the four that follow, and the last level's convolution alone.
/// </summary>
internal sealed class VaeDecodeBenchmark(Meter meter, TextWriter report)
{
    /// <param name="options">Supplies the types.</param>
    /// <param name="width">Width of the video.</param>
    /// <param name="height">Height of the video.</param>
    public async Task RunAsync(Options options, int width, int height)
    {
        await report.WriteLineAsync($"One round of each; {meter}.\n");
        await report.WriteLineAsync($"| VAE, {width} x {height} | type | first frame, s | next 4 frames, s | GFLOP/s | matrix product, GFLOP/s | decoding / product | widest convolution / product |");
        await report.WriteLineAsync("|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, config) in new[] { ("2.1", VaeConfig.Wan21), ("2.2", VaeConfig.Wan22) })
        {
            foreach (var type in options.Types)
            {
                using var ceiling = new MatMulPeak(meter, type);
                var (rows, columns) = (height / config.SpatialFactor, width / config.SpatialFactor);
                var (first, next, before) = Decode(config, type, rows, columns, ceiling);
                var peak = (before + ceiling.Measure()) / 2;
                var work = VaeFlops.OfLatentFrame(config, rows, columns);
                var alone = Convolve(config, type, height / config.PatchSize, width / config.PatchSize, ceiling);
                await report.WriteLineAsync(
                    $"| {name} | {type} | {first:F1} | {next:F1} | {work / next / 1e9:F0} | {peak / 1e9:F0} | {work / next / peak:F2} | {alone:F2} |");
            }
        }
    }

    private (double First, double Next, double Peak) Decode(VaeConfig config, torch.ScalarType type, int rows, int columns, MatMulPeak ceiling)
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new RepeatedWeights(type, meter.Device);
        using var latents = torch.randn([1, config.LatentChannels, 2, rows, columns], device: meter.Device);
        using var frames = new WanVae(weights, config).Decode(latents).GetEnumerator();
        var first = meter.Seconds(() => Take(frames));
        var peak = ceiling.Measure();
        return (first, meter.Seconds(() => Take(frames)), peak);
    }

    private static void Take(IEnumerator<torch.Tensor> frames)
    {
        frames.MoveNext();
        frames.Current.Dispose();
    }

    /// <summary>Returns the speed of the most expensive convolution, as the decoder calls it, relative to the matrix product.</summary>
    private double Convolve(VaeConfig config, torch.ScalarType type, int height, int width, MatMulPeak ceiling)
    {
        using var scope = torch.NewDisposeScope();
        var channels = config.DecoderLevels[^1].OutChannels;
        var window = torch.randn([1, 6, height, width, channels], device: meter.Device).to_type(type).permute(0, 4, 1, 2, 3);
        var weight = torch.randn([channels, channels, 3, 3, 3], device: meter.Device).to_type(type);
        var rounds = new PeakComparison(meter, ceiling, 2);
        return rounds.Of(VaeFlops.Convolution(4.0 * height * width, 27, channels, channels), () => torch.nn.functional.conv3d(window, weight, padding: [0L, 1, 1])).Ratio;
    }
}
