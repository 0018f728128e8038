using Kinema.Wan.Transformer;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Measures one forward pass of a transformer with the shape of an I2V-A14B expert at 480p and 81 frames. A step with guidance has two.</summary>
internal sealed class StepBenchmark(Meter meter, TextWriter report)
{
    private const int Layers = 40, Rounds = 3;
    private static readonly BlockShape _shape = new("A14B", 5120, 13_824, 40, 21, 30, 52);

    public async Task RunAsync()
    {
        if (meter.Device.type != DeviceType.CUDA)
        {
            await report.WriteLineAsync($"Left out: {_shape.Tokens} tokens through {Layers} blocks of the 14B width take minutes on a GPU at most and hours without one. Give --device cuda.");
            return;
        }

        using var scope = torch.NewDisposeScope();
        using var weights = new RepeatedWeights(torch.bfloat16, meter.Device);
        using var model = new WanTransformer(_shape.Config(Layers), weights);
        var input = new TransformerInput(
            torch.randn([1, 36, _shape.Frames, 2 * _shape.Rows, 2 * _shape.Columns], device: meter.Device),
            TokenTimesteps.PerSample([500f], _shape.Tokens),
            torch.randn([1, BlockShape.TextTokens, 4096], device: meter.Device),
            Image: null);
        using var peak = new MatMulPeak(meter, torch.bfloat16);
        var rounds = new PeakComparison(meter, peak, Rounds);
        var operations = Layers * _shape.Operations;
        var (seconds, ratio) = rounds.Of(operations, () => model.Forward(input, ForwardHooks.None, CancellationToken.None).Dispose());
        await report.WriteLineAsync("| A14B, 480 x 832 x 81, bfloat16 | seconds a forward pass | seconds a step with guidance | TFLOP/s | forward / product |");
        await report.WriteLineAsync("|---|---:|---:|---:|---:|");
        await report.WriteLineAsync($"| {meter} | {seconds:F2} | {2 * seconds:F2} | {operations / seconds / 1e12:F0} | {ratio:F2} |");
    }
}
