using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Matrices;

namespace Kinema.Wan.Tests.Checkpoints.Gguf;

/// <summary>Blocks of GGUF files give the numbers they stand for, widened at loading, just before a product and under a LoRA.</summary>
public sealed class GgufWeightsTests : IDisposable
{
    private const string Name = "blocks.0.self_attn.q.weight", Loaded = "blocks.0.attn1.to_q.weight";

    // Some blocks more than whole vectors or whole pieces; 4 MB of the largest kind are 8 million numbers, too many for the encoder.
    private const int Rows = 75, Columns = 768;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Types => [.. BlockEncoder.Types.Select(type => type.ToString())];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_kind_gives_the_numbers_it_stands_for(string type)
    {
        using var scope = torch.NewDisposeScope();
        var (path, expected) = Write(Enum.Parse<StoredType>(type));
        foreach (var compute in new[] { torch.float32, torch.bfloat16 })
        {
            using var widened = Weights.Load(path, new Precision(compute), torch.CPU, ct: Ct);
            using var packed = LoadPacked(path, compute);
            var (x, matrix) = (torch.randn(7, Columns).to_type(compute), packed.Matrix(Loaded, Rows, Columns));

            widened.Get(Loaded, Rows, Columns).IsSameAs(expected.to_type(compute)).ShouldBeTrue();
            packed.Packed.ShouldBe([Loaded]);
            ((PackedMatrix)matrix).Widen().IsSameAs(expected.to_type(compute)).ShouldBeTrue();
            matrix.Rows([74, 3]).IsSameAs(expected.index_select(0, torch.tensor(new long[] { 74, 3 })).to_type(compute)).ShouldBeTrue();
            (matrix.Multiply(x) - torch.nn.functional.linear(x, expected.to_type(compute))).abs().max().to_type(torch.float32).item<float>().ShouldBeLessThan(1e-3f);
        }
    }

    [Fact]
    public void A_LoRA_is_merged_into_the_numbers_of_blocks()
    {
        using var scope = torch.NewDisposeScope();
        var (path, expected) = Write(StoredType.Q4_K);
        var (down, up) = (torch.randn(4, Columns), torch.randn(Rows, 4));
        var writer = new SafetensorsWriter();
        writer.Add("diffusion_model.blocks.0.self_attn.q.lora_A.weight", down);
        writer.Add("diffusion_model.blocks.0.self_attn.q.lora_B.weight", up);
        using var merged = Weights.Load(path, new Precision(torch.float32), torch.CPU, loras: [new LoraFile(writer.Save(_folder.File("lora.safetensors")))], ct: Ct);

        (merged.Get(Loaded, Rows, Columns) - (expected + up.matmul(down))).abs().max().item<float>().ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Chunks_of_a_large_matrix_begin_at_blocks()
    {
        using var scope = torch.NewDisposeScope();
        // Three pieces of 4 MB: one encoded row, repeated.
        const int rows = 40_000, columns = 512;
        var (bytes, expected) = BlockEncoder.Encode(StoredType.Q5_K, torch.randn(columns).data<float>().ToArray());
        var path = new GgufWriter().Tensor(Name, 13, [rows, columns], [.. Enumerable.Repeat(bytes, rows).SelectMany(row => row)]).Save(_folder.File("large.gguf"));
        using var packed = LoadPacked(path, torch.float32);

        ((PackedMatrix)packed.Matrix(Loaded, rows, columns)).Widen().IsSameAs(torch.tensor(expected).expand(rows, columns)).ShouldBeTrue();
    }

    [Fact]
    public void A_folded_tensor_has_the_shape_of_the_metadata_and_names_of_llama_cpp_are_known()
    {
        using var scope = torch.NewDisposeScope();
        var patches = torch.randn([8, 4, 1, 2, 2]);
        using var weights = Weights.Load(
            new GgufWriter().Text("general.architecture", "wan").Tensor("patch_embedding.weight", patches).Tensor(Name, torch.randn(2, 2)).Save(_folder.File("wan.gguf")),
            new Precision(torch.float32), torch.CPU, ct: Ct);
        using var text = TensorSet.Open(new GgufWriter().Text("general.architecture", "t5encoder").Tensor("token_embd.weight", torch.randn(9, 4)).Tensor("enc.output_norm.weight", torch.randn(4))
            .Tensor("enc.blk.0.attn_q.weight", torch.randn(4, 4)).Tensor("enc.blk.0.attn_rel_b.weight", torch.randn(32, 2)).Tensor("enc.blk.0.ffn_gate.weight", torch.randn(8, 4))
            .Tensor("enc.blk.0.ffn_up.weight", torch.randn(8, 4)).Tensor("enc.blk.0.ffn_down.weight", torch.randn(4, 8)).Save(_folder.File("text.gguf")));

        weights.Get("patch_embedding.weight", 8, 4, 1, 2, 2).IsSameAs(patches).ShouldBeTrue();
        text.Kind.ShouldBe(Kinema.Wan.Checkpoints.Naming.ModelKind.TextEncoder);
        text.Tensors.Keys.ShouldBe(
            [
                "shared.weight", "encoder.final_layer_norm.weight", "encoder.block.0.layer.0.SelfAttention.q.weight", "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
                "encoder.block.0.layer.1.DenseReluDense.wi_0.weight", "encoder.block.0.layer.1.DenseReluDense.wi_1.weight", "encoder.block.0.layer.1.DenseReluDense.wo.weight",
            ],
            ignoreOrder: true);
    }

    public void Dispose() => _folder.Dispose();

    private static Weights LoadPacked(string path, torch.ScalarType compute)
    {
        using var set = TensorSet.Open(path);
        return Weights.Load(set, new Precision(compute), torch.CPU, [], null, Ct, packed: set.Tensors.Keys.ToHashSet());
    }

    private (string Path, torch.Tensor Expected) Write(StoredType type)
    {
        torch.manual_seed(11);
        var writer = new GgufWriter();
        // A tensor before it, so that it does not begin at the start of the data.
        writer.Tensor("blocks.0.self_attn.q.bias", torch.randn(5));
        var expected = writer.Tensor(Name, torch.randn(Rows, Columns), type);
        return (writer.Save(_folder.File($"{type}.gguf")), expected);
    }
}
