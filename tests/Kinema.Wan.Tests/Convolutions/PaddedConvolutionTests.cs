using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using Kinema.Wan.SelfChecks;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Convolutions;

/// <summary>Convolutions are correct on every processor and for every number of channels.</summary>
/// <remarks>Runs on all processors: oneDNN's plan depends on their number.</remarks>
[Trait("Set", "isa")]
[Collection(ChangesThreads.Name)]
public sealed class PaddedConvolutionTests : IDisposable
{
    private static readonly long[] _counts = [15, 16, 17, 20, 36, 48];

    private readonly torch.Generator _generator = new(1);

    public static TheoryData<string, torch.ScalarType> Kinds =>
        new MatrixTheoryData<string, torch.ScalarType>(ConvolutionKind.All.Keys, [torch.ScalarType.Float32, torch.ScalarType.BFloat16]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Channels_that_are_no_multiple_of_16_are_summed_as_float64_does(string kind, torch.ScalarType type) => OnAllProcessors(() =>
    {
        foreach (var (batch, frames) in Shapes(kind))
        {
            foreach (var channels in _counts)
            {
                Check(kind, type, batch, frames, channels, channels);
                Check(kind, type, batch, frames, channels, 3);
                Check(kind, type, batch, frames, 3, channels);
            }
        }
    });

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(Kinds))]
    public void Every_number_of_channels_up_to_64_is_summed_as_float64_does(string kind, torch.ScalarType type) => OnAllProcessors(() =>
    {
        foreach (var (batch, frames) in Shapes(kind))
        {
            for (var channels = 1; channels <= 64; channels++)
            {
                Check(kind, type, batch, frames, channels, channels);
                Check(kind, type, batch, frames, channels, 65 - channels);
            }
        }
    });

    /// <summary>
    /// oneDNN 3.7.1 in libtorch 2.10 on AMD family 26 with AVX-512: 20 channels of ones give 68 instead of 80. When this test fails there, libtorch is fixed:
    /// <see cref="PaddedConvolution"/> can go.
    /// </summary>
    [Fact]
    public void Without_padding_the_convolution_is_still_wrong_on_affected_processors()
    {
        Assert.SkipUnless(
            Processor.Vendor() == "AuthenticAMD" && Processor.Family() == 26 && System.Runtime.Intrinsics.X86.Avx512F.IsSupported
            && Environment.GetEnvironmentVariable("ONEDNN_MAX_CPU_ISA") is null,
            $"The fault is known on AMD family 26 with AVX-512; this is {Processor.Describe()}.");

        (double Actual, double Expected)[] sums = [];
        OnAllProcessors(() => sums = [.. _counts.Select(channels => ConvolutionKind.SumOfOnes(batch: 2, channels))]);
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", sums));

        sums.ShouldContain(sum => sum.Actual != sum.Expected);
    }

    [Fact]
    public void A_temporal_slice_is_the_convolution_of_a_single_frame()
    {
        using var scope = torch.NewDisposeScope();
        using var weights = new Weights("made", new() { ["weight"] = torch.randn([20, 20, 3, 3, 3]), ["bias"] = torch.randn([20]) }, []);
        var whole = new PaddedConvolution(weights, [20, 20, 3, 3, 3], padding: [0, 1, 1]);
        var frame = torch.randn([2, 20, 1, 9, 7]);

        var expected = whole.Apply(torch.cat([torch.zeros([2, 20, 2, 9, 7]), frame], 2)).squeeze(2);
        var actual = whole.SliceAt(weights, 2).Apply(frame.squeeze(2));

        (actual - expected).abs().max().item<float>().ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Channels_that_are_multiples_of_16_are_neither_copied_nor_padded()
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.randn([32, 48, 1, 1, 1]);
        using var weights = new Weights("made", new() { ["weight"] = weight, ["bias"] = torch.randn([32]) }, []);

        var convolution = new PaddedConvolution(weights, [32, 48, 1, 1, 1]);

        convolution.PaddedInChannels.ShouldBe(48);
        convolution.Apply(torch.randn([1, 48, 1, 4, 4])).shape.ShouldBe([1, 32, 1, 4, 4]);
    }

    public void Dispose() => _generator.Dispose();

    private static void OnAllProcessors(Action work) => ChangesThreads.Run(Environment.ProcessorCount, work);

    private static IEnumerable<(long Batch, long Frames)> Shapes(string kind) =>
        from batch in (long[])[1, 2]
        from frames in ConvolutionKind.All[kind].Kernel.Length == 3 ? (long[])[1, 2, 5] : [1]
        select (batch, frames);

    private void Check(string kind, torch.ScalarType type, long batch, long frames, long inputs, long outputs) =>
        ConvolutionKind.All[kind].Error(type, batch, frames, inputs, outputs, _generator)
            .ShouldBeLessThan(type == torch.ScalarType.Float32 ? 2e-6 : 5e-3, $"{kind}, {type}, batch {batch}, {frames} frames, {inputs} to {outputs} channels");
}
