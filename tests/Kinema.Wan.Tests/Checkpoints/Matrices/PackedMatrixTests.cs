using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Matrices;

namespace Kinema.Wan.Tests.Checkpoints.Matrices;

/// <summary>A matrix that stays as its file stores it gives what the same matrix gives in the compute type.</summary>
public sealed class PackedMatrixTests : IDisposable
{
    private const torch.ScalarType E4M3 = (torch.ScalarType)24, E5M2 = (torch.ScalarType)23;
    private const string Name = "blocks.0.attn1.to_q.weight", Module = "blocks.0.attn1.to_q";

    // More than one piece of 4 MB, in rows that pieces do not end with.
    private const int Rows = 2503, Columns = 2111;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<torch.ScalarType, bool?, torch.ScalarType> Kinds => new()
    {
        { E4M3, null, torch.bfloat16 }, { E4M3, false, torch.bfloat16 }, { E4M3, true, torch.float32 }, { E5M2, false, torch.float32 },
        { torch.int8, true, torch.bfloat16 }, { torch.bfloat16, null, torch.float32 }, { torch.float16, null, torch.float32 },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Products_and_rows_are_those_of_the_widened_matrix(torch.ScalarType stored, bool? scalePerRow, torch.ScalarType compute)
    {
        using var scope = torch.NewDisposeScope();
        var path = Write(stored, scalePerRow);
        using var widened = Weights.Load(path, new Precision(compute), torch.CPU, ct: Ct);
        using var packed = Load(path, compute);
        var (x, bias) = (torch.randn(3, 5, Columns).to_type(compute), torch.randn(Rows).to_type(compute));

        packed.Packed.ShouldBe([Name]);
        var (matrix, full) = (packed.Matrix(Name, Rows, Columns), widened.Matrix(Name, Rows, Columns));
        ((PackedMatrix)matrix).Widen().IsSameAs(widened.Peek(Name)).ShouldBeTrue();
        Distance(matrix.Multiply(x, bias), full.Multiply(x, bias)).ShouldBeLessThan(1e-6);
        matrix.Rows([2502, 0, 77]).IsSameAs(full.Rows([2502, 0, 77])).ShouldBeTrue();
        (matrix.Type, matrix.Device.type).ShouldBe((compute, TorchSharp.DeviceType.CPU));
    }

    [Fact]
    public void A_matrix_that_would_not_be_smaller_is_widened()
    {
        using var scope = torch.NewDisposeScope();
        using var packed = Load(Write(torch.bfloat16, null), torch.bfloat16);

        packed.Packed.ShouldBeEmpty();
        packed.Matrix(Name, Rows, Columns).ShouldBeOfType<WidenedMatrix>();
    }

    [Theory]
    [InlineData(torch.ScalarType.Float32, 1e-6)]
    [InlineData(torch.ScalarType.BFloat16, 6e-3)]
    public void LoRAs_beside_a_packed_matrix_give_what_they_give_merged_within_rounding(torch.ScalarType compute, double limit)
    {
        using var scope = torch.NewDisposeScope();
        var path = Write(E4M3, true);
        LoraFile[] loras = [Lora("a", rank: 4, strength: 0.7), Lora("b", rank: 8, strength: -1.5)];
        using var merged = Weights.Load(path, new Precision(compute), torch.CPU, loras: loras, ct: Ct);
        using var packed = Load(path, compute, loras);
        using var without = Load(path, compute);
        var x = torch.randn(64, Columns).to_type(compute);
        var expected = merged.Matrix(Name, Rows, Columns).Multiply(x);

        packed.Packed.ShouldBe([Name]);
        packed.Loras.Select(lora => lora.Merged).ShouldBe([1, 1]);
        Distance(packed.Matrix(Name, Rows, Columns).Multiply(x), expected).ShouldBeLessThan(limit);
        Distance(without.Matrix(Name, Rows, Columns).Multiply(x), expected).ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void A_LoRA_with_a_full_difference_is_merged_into_a_widened_matrix()
    {
        using var scope = torch.NewDisposeScope();
        var path = Write(E4M3, false);
        var writer = new SafetensorsWriter();
        writer.Add($"diffusion_model.{Module}.diff", torch.randn(Rows, Columns));
        using var packed = Load(path, torch.float32, new LoraFile(writer.Save(_folder.File("diff.safetensors"))));

        packed.Packed.ShouldBeEmpty();
    }

    [Fact]
    public void A_scale_that_does_not_fit_and_another_shape_are_errors_as_in_the_compute_type()
    {
        var writer = new SafetensorsWriter();
        writer.Add("x.weight", torch.zeros(4, 2).to_type(E4M3));
        writer.Add("x.weight_scale", torch.ones(3));
        var wrong = writer.Save(_folder.File("wrong.safetensors"));
        using var packed = Load(Write(E4M3, false), torch.float32);

        Should.Throw<CheckpointException>(() => Load(wrong, torch.float32)).Message.ShouldContain("has 3 numbers; 1 or 4 fit");
        Should.Throw<CheckpointException>(() => packed.Matrix(Name, Columns, Rows)).Message.ShouldContain($"has shape [{Rows}, {Columns}]");
        Should.Throw<CheckpointException>(() => packed.Matrix("other", 1, 1)).Message.ShouldContain("lacks tensor \"other\"");
        Should.Throw<InvalidOperationException>(() => packed.Get(Name, Rows, Columns)).Message.ShouldContain("is packed");
    }

    public void Dispose() => _folder.Dispose();

    private static Weights Load(string path, torch.ScalarType compute, params LoraFile[] loras)
    {
        using var set = TensorSet.Open(path);
        return Weights.Load(set, new Precision(compute), torch.CPU, loras, null, Ct, packed: set.Tensors.Keys.ToHashSet());
    }

    private string Write(torch.ScalarType type, bool? scalePerRow)
    {
        torch.manual_seed(5);
        var writer = new SafetensorsWriter();
        writer.Add(Name, type == torch.int8 ? torch.randint(-128, 128, [Rows, Columns], dtype: torch.int8) : torch.randn(Rows, Columns).to_type(type));
        if (scalePerRow is { } perRow)
            writer.Add($"{Module}.weight_scale", perRow ? torch.rand(Rows, 1) : torch.tensor(0.37f));
        return writer.Save(_folder.File("model.safetensors"));
    }

    private LoraFile Lora(string name, int rank, double strength)
    {
        var writer = new SafetensorsWriter();
        writer.Add($"diffusion_model.{Module}.lora_down.weight", torch.randn(rank, Columns) * 0.2);
        writer.Add($"diffusion_model.{Module}.lora_up.weight", torch.randn(Rows, rank) * 0.2);
        writer.Add($"diffusion_model.{Module}.alpha", torch.tensor(2f));
        return new(writer.Save(_folder.File($"{name}.safetensors")), strength);
    }

    /// <summary>The relative RMS difference.</summary>
    private static double Distance(torch.Tensor value, torch.Tensor expected)
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (value.to_type(torch.float64), expected.to_type(torch.float64));
        return ((a - b).norm() / b.norm()).item<double>();
    }
}
