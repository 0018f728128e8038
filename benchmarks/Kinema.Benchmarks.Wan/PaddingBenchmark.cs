using Kinema.Wan.Convolutions;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>
/// Measures the cost of padding convolution channels to multiples of 16: each padded convolution of the published models, with and without padding, relative
/// to its component.
/// </summary>
internal sealed class PaddingBenchmark(Meter meter, TextWriter report)
{
    private const int Side = 256;
    private const int Rounds = 9;

    /// <param name="options">The types and, with a model's name, its block alone.</param>
    public async Task RunAsync(Options options)
    {
        await report.WriteLineAsync($"Medians of {Rounds} alternating rounds; {meter}. Without padding some processors compute nonsense.\n");
        await report.WriteLineAsync("| convolution | channels | type | padded, ms | not padded, ms | part | part, ms | cost |");
        await report.WriteLineAsync("|---|---|---|---:|---:|---|---:|---:|");
        foreach (var type in options.Types)
        {
            foreach (var shape in new BlockShape[] { new("1.3B", 1536, 8960, 12, 4, 16, 16), new("14B", 5120, 13_824, 40, 4, 16, 16) })
                await PatchesAsync(shape, type);
            foreach (var (name, config) in new[] { ("2.1", VaeConfig.Wan21), ("2.2", VaeConfig.Wan22) })
                await VaeAsync(name, config, type);
        }
    }

    private async Task PatchesAsync(BlockShape shape, torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var weights = new RepeatedWeights(type, meter.Device);
        using var owned = new DerivedTensors();
        var config = shape.Config();
        var block = new TransformerBlock(weights.At("blocks.0."), config, owned);
        var x = Draw(type, 1, shape.Tokens, shape.Dim);
        var context = new BlockContext(
            Draw(type, 1, BlockShape.TextTokens, shape.Dim), Image: null, Draw(type, 1, 6L * shape.Dim).div_(10), TokenTimesteps.PerSample([500f], shape.Tokens),
            new RotaryEmbedding(config.HeadDim, config.MaximumPositions).Rotations(shape.Frames, shape.Rows, shape.Columns, meter.Device));
        var whole = Meter.Median(Enumerable.Range(0, 3).Select(
            _ => meter.Seconds(() => block.Apply(x, context, ForwardHooks.None, "block", CancellationToken.None))));

        var latents = Draw(type, 1, config.InChannels, shape.Frames, 2L * shape.Rows, 2L * shape.Columns);
        await RowAsync($"patch embedding, {shape.Model}", $"a block of {shape.Tokens} tokens", type, weights.At("patch_embedding."),
            [config.Dim, config.InChannels, 1, 2, 2], [1, 2, 2], [0, 0, 0], latents, latents, whole);
    }

    private async Task VaeAsync(string name, VaeConfig config, torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var weights = new RepeatedWeights(type, meter.Device);
        var vae = new WanVae(weights, config);
        var (rows, pixels) = (Side / config.SpatialFactor, Side / config.PatchSize);
        using var video = Draw(torch.float32, 1, 3, 5, Side, Side);
        using var latents = Draw(torch.float32, 1, config.LatentChannels, 2, rows, rows);

        var encoding = meter.Seconds(() => vae.Encode(video));
        await RowAsync($"conv_in, VAE {name}", "encoding 5 frames of a tile", type, weights.At("encoder.conv_in."), [config.BaseDim, config.InChannels, 3, 3, 3],
            [1, 1, 1], [0, 1, 1], Frames(type, config.InChannels, pixels), Padded(type, config.InChannels, pixels), encoding);

        var decoding = meter.Seconds(() =>
        {
            foreach (var frames in vae.Decode(latents))
                frames.Dispose();
        });
        await RowAsync($"conv_out, VAE {name}", "decoding 5 frames of a tile", type, weights.At("decoder.conv_out."), [config.OutChannels, config.DecoderBaseDim, 3, 3, 3],
            [1, 1, 1], [0, 1, 1], Frames(type, config.DecoderBaseDim, pixels), Frames(type, config.DecoderBaseDim, pixels), decoding);
    }

    private async Task RowAsync(
        string name, string part, torch.ScalarType type, RepeatedWeights weights, long[] shape, long[] strides, long[] padding,
        torch.Tensor raw, torch.Tensor padded, double whole)
    {
        var (weight, bias) = (weights.Get("weight", shape), weights.Get("bias", shape[0]));
        var convolution = new PaddedConvolution(weights, shape, strides, padding);
        void Plain() => torch.nn.functional.conv3d(raw, weight, bias, strides, padding);
        void WithZeros() => convolution.Apply(padded);

        meter.Seconds(Plain);
        meter.Seconds(WithZeros);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (With: meter.Seconds(WithZeros), Without: meter.Seconds(Plain))).ToArray();
        var (with, without) = (Meter.Median(rounds.Select(round => round.With)), Meter.Median(rounds.Select(round => round.Without)));
        await report.WriteLineAsync(
            $"| {name} | {shape[1]} to {shape[0]} | {type} | {1e3 * with:F1} | {1e3 * without:F1} | {part} | {1e3 * whole:F0} | {(with - without) / whole:P1} |");
    }

    /// <summary>The window of six frames that makes four, as the VAE lays it out.</summary>
    private torch.Tensor Frames(torch.ScalarType type, long channels, int side) => Draw(type, 1, 6, side, side, channels).permute(0, 4, 1, 2, 3);

    /// <summary>The same with room for the zeros, which the VAE leaves when it makes the window.</summary>
    private torch.Tensor Padded(torch.ScalarType type, long channels, int side)
    {
        var window = torch.zeros([1, 6, side, side, (channels + 15) / 16 * 16], type, meter.Device).permute(0, 4, 1, 2, 3);
        window.narrow(1, 0, channels).copy_(Frames(type, channels, side));
        return window;
    }

    private torch.Tensor Draw(torch.ScalarType type, params long[] shape) => torch.randn(shape, device: meter.Device).to_type(type);
}
