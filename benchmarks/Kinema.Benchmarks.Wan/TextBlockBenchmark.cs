using Kinema.Wan.Checkpoints;
using Kinema.Wan.Text;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Measures a layer of umT5-XXL with random weights on a text of full length.</summary>
internal sealed class TextBlockBenchmark(Meter meter, TextWriter report)
{
    private const int Rounds = 3, Tokens = TextEncoder.Length;

    public async Task RunAsync(Options options)
    {
        var config = TextEncoderConfig.From(ModelConfig.Parse("{}", "umt5-xxl"));
        var operations = (2.0 * Tokens * config.Dim * ((4 * config.Inner) + (3 * config.FeedForwardDim))) + (4.0 * Tokens * Tokens * config.Inner);
        await report.WriteLineAsync($"Medians of rounds; {meter}.\n");
        await report.WriteLineAsync("| umT5-XXL layer | tokens | type | seconds | GFLOP/s | matrix product, GFLOP/s | layer / product |");
        await report.WriteLineAsync("|---|---:|---|---:|---:|---:|---:|");
        foreach (var type in options.Types)
        {
            using var scope = torch.NewDisposeScope();
            using var inference = torch.inference_mode();
            using var peak = new MatMulPeak(meter, type);
            using var weights = new RepeatedWeights(type, meter.Device);
            var block = new TextEncoderBlock(weights, config);
            var x = torch.randn([1, Tokens, config.Dim], device: meter.Device).to_type(type);
            var buckets = torch.tensor(RelativePositionBucket.OfDistances(Tokens, config.DistanceBuckets, config.MaximumDistance), device: meter.Device);
            var rounds = new PeakComparison(meter, peak, Rounds);
            var (seconds, ratio) = rounds.Of(operations, () => block.Apply(x, buckets));
            await report.WriteLineAsync($"| d = {config.Dim} | {Tokens} | {type} | {seconds:F2} | {operations / seconds / 1e9:F0} | {rounds.Peak / 1e9:F0} | {ratio:F2} |");
        }
    }
}
