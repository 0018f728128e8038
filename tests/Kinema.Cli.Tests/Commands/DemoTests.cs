using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Commands;

public sealed class DemoTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_demo_makes_a_video_and_a_poster_is_called_back_and_can_be_repeated()
    {
        var first = await DemoAsync();
        var second = await DemoAsync();

        foreach (var result in (CliResult[])[first, second])
        {
            result.Code.ShouldBe(0, result.Error);
            result.Output.ShouldContain("callback run.completed received, signature valid");
            result.Output.ShouldContain("$0.20");
        }

        var video = await Ffprobe.ReadVideoAsync(Path.Combine(_cli.Directory, "demo-output", "video.mp4"), TestContext.Current.CancellationToken);
        video["nb_read_frames"]!.GetValue<string>().ShouldBe("60");
        File.Exists(Path.Combine(_cli.Directory, "demo-output", "poster.jpg")).ShouldBeTrue();
        (await _cli.JsonAsync("secrets", "list", "--data", Path.Combine(".kinema", "demo"))).GetProperty("items").GetArrayLength().ShouldBe(1, "the second demo replaced the first one's secret");
    }

    [Fact]
    public async Task Outside_the_repository_the_demo_says_where_to_run_it() =>
        (await _cli.RunAsync("demo")).ShouldRefuse(3, "run the demo from the repository's root");

    private Task<CliResult> DemoAsync() => _cli.RunAsync("demo", "--sample", Samples.Photograph("raccoon"), "--duration", "2");
}
