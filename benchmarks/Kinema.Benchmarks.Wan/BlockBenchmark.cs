using Kinema.Wan.Transformer;
using TorchSharp;
using TorchSharp.Modules;

namespace Kinema.Benchmarks.Wan;

/// <summary>Measures a transformer block of real width with random weights, its attention alone, and its elementwise operations.</summary>
internal sealed class BlockBenchmark(Meter meter, TextWriter report)
{
    // Short enough for minutes on two cores; at the longer length of each width attention has a share like that of a short video.
    private static readonly BlockShape[] _shapes =
    [
        new("1.3B", 1536, 8960, 12, 4, 16, 16),
        new("1.3B", 1536, 8960, 12, 8, 24, 32),
        new("5B", 3072, 14_336, 24, 4, 16, 16),
        new("5B", 3072, 14_336, 24, 8, 16, 32),
        new("14B", 5120, 13_824, 40, 4, 16, 16),
        new("14B", 5120, 13_824, 40, 8, 16, 32),
    ];

    public async Task RunAsync(Options options)
    {
        await report.WriteLineAsync($"Medians of rounds; {meter}.\n");
        await report.WriteLineAsync("| block | tokens | type | seconds | GFLOP/s | matrix product, GFLOP/s | block / product | attention / product | besides products and attention |");
        await report.WriteLineAsync("|---|---:|---|---:|---:|---:|---:|---:|---:|");
        foreach (var type in options.Types)
        {
            using var ceiling = new MatMulPeak(meter, type);
            foreach (var shape in _shapes.Where(shape => options.Model is null || shape.Model == options.Model))
                await MeasureAsync(shape, type, ceiling);
        }
    }

    private async Task MeasureAsync(BlockShape shape, torch.ScalarType type, MatMulPeak ceiling)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var weights = new RepeatedWeights(type, meter.Device);
        using var derived = new DerivedTensors();
        var config = shape.Config();
        var block = new TransformerBlock(weights.At("blocks.0."), config, derived);
        var x = Draw(type, shape.Tokens, shape.Dim);
        var context = new BlockContext(
            Draw(type, BlockShape.TextTokens, shape.Dim),
            Image: null,
            torch.randn([1, 6L * shape.Dim], device: meter.Device).div_(10).to_type(type),
            TokenTimesteps.PerSample([500f], shape.Tokens),
            new RotaryEmbedding(config.HeadDim, config.MaximumPositions).Rotations(shape.Frames, shape.Rows, shape.Columns, meter.Device));

        var rounds = new PeakComparison(meter, ceiling, shape.Operations > 1e12 ? 2 : 3);
        var (seconds, ratio) = rounds.Of(shape.Operations, () => block.Apply(x, context, ForwardHooks.None, "block", CancellationToken.None));
        var keys = Draw(type, BlockShape.TextTokens, shape.Dim);
        var (_, attention) = rounds.Of(shape.AttentionOperations, () => Attend(x, keys, shape.Heads));
        var elementwise = new ElementwiseOperations(config, weights, context, derived);
        var wide = Draw(type, shape.Tokens, shape.FeedForward);
        var rest = rounds.Seconds(() => elementwise.Apply(x, wide));
        await report.WriteLineAsync(
            $"| {shape.Model} | {shape.Tokens} | {type} | {seconds:F2} | {shape.Operations / seconds / 1e9:F0} | {rounds.Peak / 1e9:F0} | {ratio:F2} | {attention:F2} | {rest / seconds:P1} |");
    }

    private torch.Tensor Draw(torch.ScalarType type, long tokens, long channels) => torch.randn([1, tokens, channels], device: meter.Device).to_type(type);

    private static void Attend(torch.Tensor x, torch.Tensor text, int heads)
    {
        var (q, k) = (Attention.Heads(x, heads), Attention.Heads(text, heads));
        Attention.Attend(q, q, q).Dispose();
        Attention.Attend(q, k, k).Dispose();
    }

    /// <summary>The operations of a block that are neither matrix products nor attention, in order.</summary>
    private sealed class ElementwiseOperations(WanTransformerConfig config, RepeatedWeights weights, BlockContext context, DerivedTensors derived)
    {
        private readonly RmsNorm _norm = Attention.Norm(weights, "norm_q", config, derived);
        private readonly torch.Tensor _scale = derived.ToFloat32(weights.Get("norm2.weight", config.Dim));
        private readonly torch.Tensor _rows = derived.ToFloat32(context.Modulation.view(-1, 6, config.Dim));

        public void Apply(torch.Tensor x, torch.Tensor wide)
        {
            var modulation = new AdaLayerNorm(_rows, context.Timesteps, config.Epsilon);
            using var normed = modulation.Normalise(x, 0, 1);
            using (var other = modulation.Normalise(x, 3, 4))
                _norm.ApplyWithRotations(other, context.Rotations, config.Heads).Dispose();
            _norm.ApplyWithRotations(normed, context.Rotations, config.Heads).Dispose();
            modulation.AddGated(x, normed, 2);
            using (var crossed = Fp32LayerNorm.Apply(x, _scale, _scale, config.Epsilon))
                _norm.Apply(crossed).Dispose();
            _norm.Apply(context.Text).Dispose();
            x.add_(normed);
            wide.gelu_(GELU.Approximate.tanh);
            modulation.AddGated(x, normed, 5);
        }
    }
}
