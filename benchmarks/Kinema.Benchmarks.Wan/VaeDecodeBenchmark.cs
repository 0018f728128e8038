using System.Diagnostics;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Vae;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Decoding with random weights of the real shapes: the first frame and the four that follow, beside the matrix product of the same run.</summary>
internal static class VaeDecodeBenchmark
{
    private const int Side = 2048;

    /// <param name="report">Takes a Markdown table.</param>
    /// <param name="width">Of the video: 832 at 480p.</param>
    /// <param name="height">Of the video: 480 at 480p.</param>
    public static async Task RunAsync(TextWriter report, int width, int height)
    {
        await report.WriteLineAsync($"| VAE, {width} x {height} | type | first frame, s | next 4 frames, s | GFLOP/s | matrix product, GFLOP/s | share |");
        await report.WriteLineAsync("|---|---|---|---|---|---|---|");
        foreach (var (name, config) in new[] { ("2.1", VaeConfig.Wan21), ("2.2", VaeConfig.Wan22) })
        {
            foreach (var type in new[] { torch.float32, torch.bfloat16 })
            {
                var ceiling = Ceiling(type);
                var (first, next) = Decode(config, type, height / config.SpatialFactor, width / config.SpatialFactor);
                var speed = Work(config, height / config.SpatialFactor, width / config.SpatialFactor) / next / 1e9;
                await report.WriteLineAsync($"| {name} | {type} | {first:F1} | {next:F1} | {speed:F0} | {ceiling:F0} | {speed / ceiling:P0} |");
            }
        }
    }

    private static (double First, double Next) Decode(VaeConfig config, torch.ScalarType type, int height, int width)
    {
        using var weights = new DrawnWeights(type);
        using var latents = torch.randn([1, config.LatentChannels, 3, height, width]);
        var vae = new WanVae(weights, config);
        var times = new List<double>();
        var clock = Stopwatch.StartNew();
        foreach (var chunk in vae.Decode(latents))
        {
            times.Add(clock.Elapsed.TotalSeconds);
            chunk.Dispose();
            clock.Restart();
        }

        return (times[0], times.Skip(1).Min());
    }

    private static double Ceiling(torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var matrix = torch.randn([Side, Side]).to_type(type);
        var best = double.MaxValue;
        for (var round = 0; round < 4; round++)
        {
            var clock = Stopwatch.StartNew();
            matrix.mm(matrix).Dispose();
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return 2.0 * Side * Side * Side / best / 1e9;
    }

    /// <summary>Floating-point operations of the convolutions and the attention for a latent frame that is not the first.</summary>
    private static double Work(VaeConfig config, double height, double width)
    {
        var (pixels, frames, levels) = (height * width, 1.0, config.DecoderLevels);
        double deepest = levels[0].InChannels;
        var total = Convolution(pixels, 27, config.LatentChannels, deepest) + (4 * Convolution(pixels, 27, deepest, deepest))
            + Convolution(pixels, 1, deepest, 4 * deepest) + (4 * pixels * pixels * deepest);
        foreach (var level in levels)
        {
            double wide = level.OutChannels;
            total += Convolution(frames * pixels, 27, level.InChannels, wide) + (((2 * config.ResidualBlocks) + 1) * Convolution(frames * pixels, 27, wide, wide));
            if (!level.Resamples)
                continue;
            total += level.Temporal ? Convolution(frames * pixels, 3, wide, 2 * wide) : 0;
            (frames, pixels) = (level.Temporal ? 2 * frames : frames, 4 * pixels);
            total += Convolution(frames * pixels, 9, wide, config.IsResidual ? wide : wide / 2);
        }

        return total + Convolution(frames * pixels, 27, levels[^1].OutChannels, config.OutChannels);
    }

    private static double Convolution(double pixels, double taps, double inChannels, double outChannels) => 2 * pixels * taps * inChannels * outChannels;
}
