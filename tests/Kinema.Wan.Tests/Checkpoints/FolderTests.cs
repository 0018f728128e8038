using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Valid contents of a folder, and the error messages for others.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_pickle_is_never_opened()
    {
        File.WriteAllText(_folder.File("diffusion_pytorch_model.bin"), "");

        Refusal(_folder.Path).ShouldContain("diffusion_pytorch_model.bin is a Python pickle, which can run code and is never opened");
        Refusal(_folder.File("diffusion_pytorch_model.bin")).ShouldContain("is never opened");
    }

    [Fact]
    public void An_empty_or_missing_folder_is_named()
    {
        Refusal(_folder.Path).ShouldBe($"{_folder.Path} holds no .safetensors file.");
        Refusal(_folder.File("no")).ShouldBe($"{_folder.File("no")} does not exist.");
    }

    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/inside.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    public void An_index_cannot_name_files_elsewhere(string file)
    {
        File.WriteAllText(_folder.File("model.safetensors.index.json"), $$$"""{"weight_map":{"x":"{{{file}}}"}}""");

        Refusal(_folder.Path).ShouldContain("which is not the name of a .safetensors file beside it");
    }

    [Fact]
    public void A_missing_shard_and_a_missing_tensor_are_named()
    {
        File.WriteAllText(_folder.File("model.safetensors.index.json"), """{"weight_map":{"x":"one.safetensors","y":"two.safetensors"}}""");
        Write("one.safetensors", "x");
        Refusal(_folder.Path).ShouldContain("two.safetensors");

        Write("two.safetensors", "z");
        Refusal(_folder.Path).ShouldContain("two.safetensors lacks tensor \"y\"");
    }

    [Fact]
    public void A_truncated_file_is_an_error_that_says_so()
    {
        Write("model.safetensors", "x");
        var bytes = File.ReadAllBytes(_folder.File("model.safetensors"));
        File.WriteAllBytes(_folder.File("model.safetensors"), bytes[..^4]);

        Refusal(_folder.Path).ShouldContain("is the download complete?");
    }

    [Fact]
    public void A_missing_or_misshapen_tensor_is_an_error_that_names_file_tensor_and_shapes()
    {
        Write("model.safetensors", "blocks.0.x");
        using var weights = Weights.Load(_folder.Path, new Precision(torch.float32), torch.CPU, ct: TestContext.Current.CancellationToken);

        Should.Throw<CheckpointException>(() => weights.At("blocks.0.").Get("x", 2, 4)).Message
            .ShouldBe($"{_folder.Path}: tensor \"blocks.0.x\" has shape [2, 3]; the model's configuration asks for [2, 4].");
        Should.Throw<CheckpointException>(() => weights.At("blocks.1.").Get("x", 2, 3)).Message.ShouldBe($"{_folder.Path} lacks tensor \"blocks.1.x\" of shape [2, 3].");
    }

    [Fact]
    public void Tensors_at_odd_offsets_are_read_too()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", torch.ones(3, dtype: torch.uint8));
        writer.Add("b", torch.arange(5, dtype: torch.float32));
        writer.Save(_folder.File("model.safetensors"));

        using var weights = Weights.Load(_folder.Path, new Precision(torch.float32), torch.CPU, ct: TestContext.Current.CancellationToken);

        weights.Get("b", 5).data<float>().ToArray().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Loading_can_be_cancelled_and_reports_every_byte()
    {
        var writer = new SafetensorsWriter();
        for (var i = 0; i < 10; i++)
            writer.Add($"x{i}", torch.zeros(100));
        writer.Save(_folder.File("model.safetensors"));
        using var cancel = new CancellationTokenSource();
        var reports = new List<LoadProgress>();

        using (Weights.Load(_folder.Path, new Precision(torch.bfloat16), torch.CPU, new Sink(reports.Add), ct: TestContext.Current.CancellationToken))
            reports[^1].ShouldBe(new LoadProgress(4000, 4000));

        Should.Throw<OperationCanceledException>(() => Weights.Load(
            _folder.Path, new Precision(torch.bfloat16), torch.CPU, new Sink(p => Cancel(p, cancel)), ct: cancel.Token));
    }

    public void Dispose() => _folder.Dispose();

    private static void Cancel(LoadProgress progress, CancellationTokenSource cancel)
    {
        progress.BytesDone.ShouldBeLessThanOrEqualTo(2000);
        if (progress.BytesDone == 2000)
            cancel.Cancel();
    }

    private static string Refusal(string path) => Should.Throw<CheckpointException>(() => TensorSet.Open(path)).Message;

    private void Write(string file, string tensor)
    {
        var writer = new SafetensorsWriter();
        writer.Add(tensor, torch.zeros(2, 3));
        writer.Save(_folder.File(file));
    }

    private sealed class Sink(Action<LoadProgress> action) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => action(value);
    }
}
