using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Pipelines;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Tensors of several chunks, loaded by several threads.</summary>
public sealed class WeightLoaderTests : IDisposable
{
    private const torch.ScalarType E4M3 = (torch.ScalarType)24;

    // More than two pieces of 4 MB, in rows that pieces do not end with.
    private const int Rows = 3001, Columns = 3001;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Row_scales_apply_across_chunk_borders()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        var (small, scales) = (torch.randn(Rows, Columns).to_type(E4M3), torch.rand(Rows, 1));
        var path = Save(("x.weight", small), ("x.weight_scale", scales));

        foreach (var target in new[] { torch.float32, torch.bfloat16 })
        {
            using var loaded = Weights.Load(path, new Precision(target), torch.CPU, ct: Ct);

            loaded.Get("x.weight", Rows, Columns).IsSameAs((small.to_type(torch.float32) * scales).to_type(target)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Unaligned_tensors_are_copied()
    {
        using var scope = torch.NewDisposeScope();
        var numbers = torch.randn(Rows, 7);
        var path = Save(("a", torch.zeros(1, dtype: torch.uint8)), ("b", numbers));

        using var loaded = Weights.Load(path, new Precision(torch.float32), torch.CPU, ct: Ct);

        loaded.Get("b", Rows, 7).IsSameAs(numbers).ShouldBeTrue();
    }

    [Fact]
    public void A_LoRA_on_eight_bit_numbers_is_added_to_the_scaled_ones_and_rounded_once()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        var (small, scales) = (torch.randn(Rows, Columns).to_type(E4M3), torch.rand(Rows, 1));
        var (down, up) = (torch.randn(4, Columns), torch.randn(Rows, 4));
        var model = Save(("blocks.0.attn1.to_q.weight", small), ("blocks.0.attn1.to_q.weight_scale", scales));
        var lora = _folder.File("lora.safetensors");
        Write(lora, ("blocks.0.attn1.to_q.lora_A.weight", down), ("blocks.0.attn1.to_q.lora_B.weight", up));

        using var loaded = Weights.Load(model, new Precision(torch.bfloat16), torch.CPU, loras: [new LoraFile(lora, 0.5)], ct: Ct);

        var expected = (small.to_type(torch.float64) * scales) + (0.5 * up.to_type(torch.float64).matmul(down.to_type(torch.float64)));
        var off = (loaded.Get("blocks.0.attn1.to_q.weight", Rows, Columns).to_type(torch.float64) - expected).abs();
        // Half of the last place of eight bits, and a little for the sums.
        (off - (expected.abs() * 0.00391)).max().item<double>().ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void Progress_counts_every_byte_once_and_in_order_whatever_thread_read_it()
    {
        using var scope = torch.NewDisposeScope();
        var path = Save(("x", torch.randn(Rows, Columns)), ("y", torch.ones(5)));
        var told = new Recorder<LoadProgress>();

        using var loaded = Weights.Load(path, new Precision(torch.bfloat16), torch.CPU, told, Ct);

        told.All.Count.ShouldBeGreaterThan(8);
        told.All.Select(progress => progress.BytesDone).ShouldBeInOrder();
        told.All[^1].ShouldBe(new LoadProgress((4L * Rows * Columns) + 20, (4L * Rows * Columns) + 20));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loading_stops_between_chunks(bool asStored)
    {
        using var scope = torch.NewDisposeScope();
        var path = Save(("x", torch.zeros(4 * Rows, Columns)));
        using var cancel = new CancellationTokenSource();
        var told = new Recorder<LoadProgress> { On = _ => cancel.Cancel() };

        Should.Throw<OperationCanceledException>(
            () => Weights.Load(path, new Precision(asStored ? torch.float32 : torch.bfloat16), torch.CPU, told, cancel.Token));

        told.All.Count.ShouldBeLessThanOrEqualTo(1 + Environment.ProcessorCount);
    }

    [Fact]
    public void An_exception_of_a_progress_listener_is_rethrown_unchanged()
    {
        var path = Save(("x", torch.zeros(5)));
        var told = new Recorder<LoadProgress> { On = _ => throw new InvalidTimeZoneException("mine") };

        Should.Throw<InvalidTimeZoneException>(() => Weights.Load(path, new Precision(torch.float32), torch.CPU, told, Ct)).Message.ShouldBe("mine");
    }

    public void Dispose() => _folder.Dispose();

    private string Save(params (string Name, torch.Tensor Tensor)[] tensors)
    {
        var path = _folder.File("model.safetensors");
        Write(path, tensors);
        return path;
    }

    private static void Write(string path, params (string Name, torch.Tensor Tensor)[] tensors)
    {
        var writer = new SafetensorsWriter();
        foreach (var (name, tensor) in tensors)
            writer.Add(name, tensor);
        writer.Save(path);
    }
}
