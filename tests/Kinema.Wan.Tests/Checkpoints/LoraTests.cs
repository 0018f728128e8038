using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>A merged tensor is W + strength · alpha / rank · up · down, whichever way the file names its parts.</summary>
public sealed class LoraTests : IDisposable
{
    private const int Rank = 4;
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly Weights _base;

    public LoraTests()
    {
        // A model of one block: what matters is names and shapes.
        var writer = new SafetensorsWriter();
        torch.manual_seed(7);
        foreach (var (name, shape) in new (string, long[])[]
        {
            ("patch_embedding.weight", [12, 6, 1, 2, 2]), ("patch_embedding.bias", [12]), ("blocks.0.attn1.to_q.weight", [12, 12]), ("blocks.0.attn1.to_q.bias", [12]),
            ("blocks.0.attn2.to_out.0.weight", [12, 12]), ("blocks.0.ffn.net.0.proj.weight", [20, 12]), ("blocks.0.norm2.weight", [12]),
            ("blocks.0.scale_shift_table", [1, 6, 12]), ("blocks.0.attn2.add_k_proj.weight", [12, 12]), ("proj_out.weight", [24, 12]),
        })
            writer.Add(name, torch.randn(shape));
        _model = writer.Save(_folder.File("model.safetensors"));
        _base = Load();
    }

    [Theory]
    [InlineData("transformer.blocks.0.attn1.to_q.lora_A.weight", "transformer.blocks.0.attn1.to_q.lora_B.weight", null, "blocks.0.attn1.to_q.weight")]
    [InlineData("diffusion_model.blocks.0.self_attn.q.lora_A.weight", "diffusion_model.blocks.0.self_attn.q.lora_B.weight", null, "blocks.0.attn1.to_q.weight")]
    [InlineData("base_model.model.blocks.0.ffn.0.lora_A.default.weight", "base_model.model.blocks.0.ffn.0.lora_B.default.weight", null, "blocks.0.ffn.net.0.proj.weight")]
    [InlineData("blocks.0.cross_attn.o.lora_down.weight", "blocks.0.cross_attn.o.lora_up.weight", "blocks.0.cross_attn.o.alpha", "blocks.0.attn2.to_out.0.weight")]
    [InlineData("lora_unet_blocks_0_cross_attn_k_img.lora_down.weight", "lora_unet_blocks_0_cross_attn_k_img.lora_up.weight", "lora_unet_blocks_0_cross_attn_k_img.alpha", "blocks.0.attn2.add_k_proj.weight")]
    [InlineData("lora_unet__head_head.lora_down.weight", "lora_unet__head_head.lora_up.weight", "lora_unet__head_head.alpha", "proj_out.weight")]
    public void A_pair_of_matrices_is_merged(string down, string up, string? alpha, string target)
    {
        var writer = new SafetensorsWriter();
        var shape = _base.Peek(target).shape;
        var (a, b) = (torch.randn(Rank, shape[1]), torch.randn(shape[0], Rank));
        writer.Add(down, a);
        writer.Add(up, b);
        if (alpha is not null)
            writer.Add(alpha, torch.tensor(10f));

        using var merged = Load(new LoraFile(writer.Save(_folder.File("lora.safetensors")), Strength: 0.7));

        var factor = 0.7 * (alpha is null ? 1 : 10.0 / Rank);
        Compare(merged, target, _base.Peek(target).to_type(torch.float64) + (factor * b.to_type(torch.float64).matmul(a.to_type(torch.float64))));
        merged.Loras.ShouldHaveSingleItem().Merged.ShouldBe(1);
        OthersAreUntouched(merged, target);
    }

    [Fact]
    public void A_convolution_is_a_matrix_over_its_inputs()
    {
        var writer = new SafetensorsWriter();
        var (a, b) = (torch.randn([Rank, 6, 1, 2, 2]), torch.randn([12, Rank, 1, 1, 1]));
        writer.Add("diffusion_model.patch_embedding.lora_down.weight", a);
        writer.Add("diffusion_model.patch_embedding.lora_up.weight", b);

        using var merged = Load(new LoraFile(writer.Save(_folder.File("lora.safetensors"))));

        var change = torch.einsum("or,rikhw->oikhw", b.reshape(12, Rank).to_type(torch.float64), a.to_type(torch.float64));
        Compare(merged, "patch_embedding.weight", _base.Peek("patch_embedding.weight").to_type(torch.float64) + change);
    }

    [Fact]
    public void Differences_of_biases_norms_and_modulation_are_added()
    {
        var writer = new SafetensorsWriter();
        var (bias, norm, modulation) = (torch.randn(12), torch.randn(12), torch.randn(1, 6, 12));
        writer.Add("diffusion_model.blocks.0.self_attn.q.diff_b", bias);
        writer.Add("diffusion_model.blocks.0.norm3.diff", norm);
        writer.Add("diffusion_model.blocks.0.diff_m", modulation);

        using var merged = Load(new LoraFile(writer.Save(_folder.File("lora.safetensors")), 0.5));

        Compare(merged, "blocks.0.attn1.to_q.bias", (_base.Peek("blocks.0.attn1.to_q.bias") + (0.5 * bias)).to_type(torch.float64));
        Compare(merged, "blocks.0.norm2.weight", (_base.Peek("blocks.0.norm2.weight") + (0.5 * norm)).to_type(torch.float64));
        Compare(merged, "blocks.0.scale_shift_table", (_base.Peek("blocks.0.scale_shift_table") + (0.5 * modulation)).to_type(torch.float64));
    }

    [Fact]
    public void Several_add_up_and_are_rounded_once()
    {
        var changes = new List<torch.Tensor>();
        var loras = new List<LoraFile>();
        for (var i = 0; i < 3; i++)
        {
            var writer = new SafetensorsWriter();
            var (a, b) = (torch.randn(Rank, 12), torch.randn(12, Rank));
            writer.Add("blocks.0.attn1.to_q.lora_A.weight", a);
            writer.Add("blocks.0.attn1.to_q.lora_B.weight", b);
            changes.Add(b.matmul(a) * (i + 1));
            loras.Add(new LoraFile(writer.Save(_folder.File($"{i}.safetensors")), i + 1));
        }

        using var merged = Weights.Load(_model, new Precision(torch.bfloat16), torch.CPU, loras: loras, ct: TestContext.Current.CancellationToken);

        var expected = changes.Aggregate(_base.Peek("blocks.0.attn1.to_q.weight"), (sum, change) => sum + change);
        merged.Get("blocks.0.attn1.to_q.weight", 12, 12).IsSameAs(expected.to_type(torch.bfloat16)).ShouldBeTrue();
    }

    [Fact]
    public void Unmatched_tensors_are_reported()
    {
        var writer = Pair("blocks.0.self_attn.q", 12, 12);
        writer.Add("lora_te_layers_0.lora_down.weight", torch.randn(Rank, 5));
        writer.Add("lora_te_layers_0.lora_up.weight", torch.randn(5, Rank));
        writer.Add("something.else", torch.zeros(1));

        using var merged = Load(new LoraFile(writer.Save(_folder.File("lora.safetensors"))));

        merged.Loras.ShouldHaveSingleItem().Unmatched.ShouldBe(["lora_te_layers_0.lora_down.weight", "lora_te_layers_0.lora_up.weight", "something.else"]);
    }

    [Fact]
    public void A_file_for_another_model_is_an_error()
    {
        var path = Pair("model.layers.0.q_proj", 12, 12).Save(_folder.File("lora.safetensors"));

        Should.Throw<CheckpointException>(() => Load(new LoraFile(path))).Message.ShouldStartWith($"{path} changes nothing: none of its 2 tensors belongs to this model");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_an_error_that_names_both()
    {
        var path = Pair("blocks.0.self_attn.q", 12, 16).Save(_folder.File("lora.safetensors"));

        Should.Throw<CheckpointException>(() => Load(new LoraFile(path))).Message
            .ShouldBe($"{path}: \"blocks.0.self_attn.q.lora_up.weight\" of shape [12, 4] with [4, 16] does not fit \"blocks.0.attn1.to_q.weight\" of shape [12, 12].");
    }

    public void Dispose()
    {
        _base.Dispose();
        _folder.Dispose();
    }

    private static SafetensorsWriter Pair(string module, long rows, long columns)
    {
        var writer = new SafetensorsWriter();
        writer.Add(module + ".lora_down.weight", torch.randn(Rank, columns));
        writer.Add(module + ".lora_up.weight", torch.randn(rows, Rank));
        return writer;
    }

    private static void Compare(Weights merged, string name, torch.Tensor expected) =>
        (merged.Peek(name).to_type(torch.float64) - expected).abs().max().item<double>().ShouldBeLessThan(1e-5, name);

    private void OthersAreUntouched(Weights merged, string target)
    {
        foreach (var name in _base.Names.Where(n => n != target))
            merged.Peek(name).IsSameAs(_base.Peek(name)).ShouldBeTrue(name);
    }

    private Weights Load(params LoraFile[] loras) => Weights.Load(_model, new Precision(torch.float32), torch.CPU, loras: loras);
}
