using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Tests.Checkpoints.Gguf;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.Tests.Transformer;

/// <summary>How far the velocity is off if the matrices of the blocks are stored in a format: the table in docs/engines/wan.md.</summary>
/// <remarks>Rows of the fixtures are shorter than 256, so blocks of 256 numbers span several of them here.</remarks>
public sealed class FormatErrorTests(ITestOutputHelper output)
{
    private const torch.ScalarType E4M3 = (torch.ScalarType)24, E5M2 = (torch.ScalarType)23;
    private const string Set = "tiny-wan2.2-ti2v-5b";

    public static TheoryData<string, double> Formats => new()
    {
        { "BF16", 0.0034 }, { "Q8_0", 0.0085 }, { "int8 per row", 0.0112 }, { "Q6_K", 0.032 }, { "fp8 e4m3 per row", 0.042 }, { "fp8 e4m3", 0.047 }, { "fp8 e5m2", 0.103 },
        { "Q5_K", 0.064 }, { "Q5_1", 0.064 }, { "Q5_0", 0.076 }, { "Q4_K", 0.13 }, { "Q4_1", 0.131 }, { "Q4_0", 0.175 }, { "Q3_K", 0.29 }, { "Q2_K", 0.62 },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_error_of_a_format_is_within_what_the_page_says(string format, double limit)
    {
        var file = FixtureFolder.Matching("transformer*.safetensors").Select(row => row.Data).FirstOrDefault(row => row.Contains(Set, StringComparison.Ordinal));
        Assert.SkipWhen(file is null, "the fixtures are not there");
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var expected = FixtureFolder.Expected(file!);
        var source = FixtureFolder.Checkpoint(file!);
        using var weights = Weights.Load(source, new(torch.float32, WanTransformer.Float32Parts), torch.CPU, ct: TestContext.Current.CancellationToken);
        var writer = new SafetensorsWriter();
        foreach (var name in weights.Names)
        {
            var tensor = weights.Peek(name);
            writer.Add(name, tensor.dim() == 2 && name.StartsWith("blocks.", StringComparison.Ordinal) ? Rounded(tensor, format) : tensor);
        }

        using var rounded = Weights.Load(
            writer.Save(folder.File("rounded.safetensors")), new(torch.float32, WanTransformer.Float32Parts), torch.CPU, ct: TestContext.Current.CancellationToken);
        var config = WanTransformerConfig.From(ModelConfig.Read(Path.Combine(source, "config.json")));
        var (exact, value) = (Velocity(config, weights), Velocity(config, rounded));

        var error = ((value - exact).norm() / exact.norm()).item<float>();

        output.WriteLine($"{format}: {error:P2}");
        ((double)error).ShouldBeInRange(1e-5, limit);
    }

    private static torch.Tensor Velocity(WanTransformerConfig config, Weights weights)
    {
        using var generator = new torch.Generator(3);
        using var transformer = new WanTransformer(config, weights);
        var latents = torch.randn([1, config.InChannels, 3, 4, 4], generator: generator);
        var text = torch.randn([1, 512, config.TextDim], generator: generator);
        return transformer.Forward(new(latents, TokenTimesteps.PerSample([700f], 3 * 4 * 4 / config.PatchVolume), text, null), ForwardHooks.None, TestContext.Current.CancellationToken);
    }

    private static torch.Tensor Rounded(torch.Tensor tensor, string format)
    {
        if (Enum.TryParse<StoredType>(format, out var type) && type.IsBlock())
            return torch.tensor(BlockEncoder.Encode(type, tensor.contiguous().data<float>().ToArray()).Expected).reshape(tensor.shape);
        if (format == "BF16")
            return tensor.to_type(torch.bfloat16).to_type(torch.float32);

        var (stored, largest) = format.Contains("e5m2", StringComparison.Ordinal) ? (E5M2, 57344) : format.StartsWith("int8", StringComparison.Ordinal) ? (torch.int8, 127) : (E4M3, 448);
        var scale = (format.EndsWith("per row", StringComparison.Ordinal) ? tensor.abs().amax([1], keepdim: true) : tensor.abs().max()) / largest;
        var small = stored == torch.int8 ? (tensor / scale).round() : tensor / scale;
        return small.to_type(stored).to_type(torch.float32) * scale;
    }
}
