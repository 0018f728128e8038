using Kinema.TestSupport;

namespace Kinema.Wan.Worker.Tests.Commands;

public sealed class WorkerCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--lora steam.safetensors", "--lora belongs to one checkpoint; got 2.")]
    [InlineData("--vae vae.safetensors", "--vae belongs to one checkpoint; got 2.")]
    [InlineData("--offer-lora steam=steam.safetensors", "--offer-lora belongs to one checkpoint; got 2.")]
    [InlineData("--engine-id mine", "--engine-id must be given once for each checkpoint, or not at all; got 1 for 2.")]
    public async Task What_belongs_to_one_checkpoint_is_refused_beside_several(string option, string message)
    {
        File.WriteAllText(_folder.File("steam.safetensors"), "");

        (await WanCli.RefusalAsync(_folder.FullPath, 2, ["worker", "--checkpoint", "a", "--checkpoint", "b", .. option.Split(' ')])).ShouldContain(message);
    }

    [Fact]
    public async Task More_checkpoints_than_allowed_are_refused()
    {
        var args = Enumerable.Range(0, 17).SelectMany(i => (string[])["--checkpoint", $"c{i}"]);

        (await WanCli.RefusalAsync(_folder.FullPath, 2, ["worker", .. args])).ShouldContain("--checkpoint may be given 16 times at most; got 17.");
    }
}
