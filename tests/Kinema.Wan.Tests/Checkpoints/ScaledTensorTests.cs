using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Checkpoints;

public sealed class ScaledTensorTests : IDisposable
{
    private const torch.ScalarType E4M3 = (torch.ScalarType)24;
    private const torch.ScalarType E5M2 = (torch.ScalarType)23;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Transformers => NamingTests.Transformers;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transformers))]
    public void Eight_bit_matrices_with_one_scale_each_as_ComfyUI_writes_them(string model) =>
        Check(model, E4M3, 448, ".scale_weight", perRow: false, marker: true);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transformers))]
    public void Eight_bit_matrices_with_a_scale_for_each_row_as_LightX2V_writes_them(string model) =>
        Check(model, E4M3, 448, ".weight_scale", perRow: true, marker: false);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transformers))]
    public void The_other_eight_bit_float_and_whole_numbers(string model)
    {
        Check(model, E5M2, 57344, ".scale_weight", perRow: false, marker: true);
        Check(model, torch.int8, 127, ".weight_scale", perRow: true, marker: false);
    }

    [Fact]
    public void A_scale_that_does_not_fit_is_an_error_that_names_it()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x.weight", torch.zeros(4, 2, dtype: torch.float32).to_type(E4M3));
        writer.Add("x.weight_scale", torch.ones(3));
        var path = writer.Save(_folder.File("wrong.safetensors"));

        Should.Throw<CheckpointException>(() => Weights.Load(path, new Precision(torch.float32), torch.CPU, ct: TestContext.Current.CancellationToken)).Message
            .ShouldBe($"{path}: tensor \"x.weight_scale\" has 3 numbers; 1 or 4 fit the tensor it scales.");
    }

    [Fact]
    public void A_scale_without_its_weight_is_an_error()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x.scale_weight", torch.ones([]));
        var path = writer.Save(_folder.File("orphan.safetensors"));

        Should.Throw<CheckpointException>(() => TensorSet.Open(path)).Message.ShouldContain("scales a weight that is not there");
    }

    public void Dispose() => _folder.Dispose();

    private void Check(string model, torch.ScalarType type, double largest, string suffix, bool perRow, bool marker)
    {
        using var scope = torch.NewDisposeScope();
        using var original = Weights.Load(FixtureFolder.Checkpoint(model), new Precision(torch.float32), torch.CPU);
        var writer = new SafetensorsWriter();
        var expected = new Dictionary<string, torch.Tensor>();
        if (marker)
            writer.Add("model.diffusion_model.scaled_fp8", torch.zeros(2).to_type(type));
        foreach (var name in original.Names)
        {
            var full = original.Peek(name);
            var written = "model.diffusion_model." + OriginalNames.Transformer(name);
            expected[name] = full;
            if (full.dim() != 2)
            {
                writer.Add(written, full);
                continue;
            }

            var scale = (perRow ? full.abs().amax([1], keepdim: true) : full.abs().max()) / largest;
            var small = (type == torch.int8 ? (full / scale).round() : full / scale).to_type(type);
            writer.Add(written, small);
            writer.Add(written[..^".weight".Length] + suffix, scale);
            writer.Add(written[..^".weight".Length] + (marker ? ".scale_input" : ".input_scale"), torch.ones([]));
            expected[name] = small.to_type(torch.float32) * scale;
            (expected[name] - full).abs().max().item<float>().ShouldBeGreaterThan(0);
        }

        var path = writer.Save(_folder.File($"{type}{perRow}.safetensors"));
        foreach (var target in new[] { torch.float32, torch.bfloat16 })
        {
            using var loaded = Weights.Load(path, new Precision(target), torch.CPU);
            loaded.Names.ShouldBe(original.Names, ignoreOrder: true);
            foreach (var name in loaded.Names)
                loaded.Get(name, expected[name].shape).IsSameAs(expected[name].to_type(target)).ShouldBeTrue(name);
        }
    }
}
