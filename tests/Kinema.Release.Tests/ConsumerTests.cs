using System.Text.RegularExpressions;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>Each package does its work in a program outside the repository.</summary>
[Trait("Set", "long")]
[Collection(nameof(ReleaseTests))]
public sealed partial class ConsumerTests(BuiltRelease release)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_serves_its_pages_and_makes_a_video_with_an_engine_written_against_the_contract()
    {
        using var consumer = await Consumer.BuildAsync(release, "Kinema.Server", await SampleAsync("Kinema.Engines"), """
            using Kinema.Engines;
            using Kinema.Server;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;

            var options = new KinemaServerOptions { DataFolder = args[0], Urls = ["http://127.0.0.1:0"], Settings = ["Engines:Bindings:0=grey"] };
            var server = KinemaServer.Build(options, builder => builder.Services.AddSingleton<IVideoEngine, GreyEngine>());
            await server.StartAsync();
            Console.WriteLine(server.Urls.First());
            await server.WaitForShutdownAsync();
            """);
        using var data = new TemporaryFolder();
        await using var server = await RunningServer.StartAsync("dotnet", [consumer.Program, data.FullPath], Path.Combine(data.FullPath, "first-key"), Ct);

        await server.ShouldServePagesAsync(Ct);
        var run = await server.MakeVideoAsync(Ct);

        run["status_code"]!.GetValue<string>().ShouldBe("succeeded", run.ToJsonString());
        run["engine"]!.ToJsonString().ShouldContain("grey");
    }

    [Fact]
    public async Task The_client_makes_and_downloads_a_video()
    {
        using var consumer = await Consumer.BuildAsync(release, "Kinema.Client", """
            using Kinema.Client;

            var kinema = new KinemaClient(new HttpClient(), new() { BaseAddress = new Uri(args[0]), ApiKey = args[1] });
            var image = await kinema.UploadAsync(args[2]);
            var input = new ImageToVideoInput { ImageUrl = image.Reference, Prompt = "slow push in", Duration = 2, Resolution = "720p" };
            var run = await kinema.RunAsync("alibaba/wan/v2.7/image-to-video", input);
            await kinema.DownloadAsync(run.EnsureSucceeded(), args[3]);
            """);
        await using var server = await TestServer.StartAsync();
        using var folder = new TemporaryFolder();
        var video = folder.File("video.mp4");

        await Tool.RunAsync("dotnet", consumer.Program, server.Url.AbsoluteUri, server.Caller.Token, Samples.Photograph("cat"), video);

        (await Ffprobe.ReadAsync(video, Ct))["format"]!["duration"]!.GetValue<string>().ShouldStartWith("2.0");
    }

    [Fact]
    public async Task Wan_generates_frames_from_a_checkpoint()
    {
        var golden = Environment.GetEnvironmentVariable("KINEMA_WAN_FIXTURES") ?? Repository.File("..", "shared", "golden");
        var checkpoint = Path.Combine(golden, "checkpoints", "tiny-wan2.2-ti2v-5b");
        Assert.SkipUnless(Directory.Exists(checkpoint), $"There is no {checkpoint}.");
        using var consumer = await Consumer.BuildAsync(release, "Kinema.Wan", """
            using Kinema.Wan;

            using var wan = await WanPipeline.LoadAsync(new WanFiles { Folder = args[0], Tokenizer = args[1] }, new WanOptions { Device = "cpu" });
            var request = new WanRequest { Image = new RgbImage(64, 32, new byte[64 * 32 * 3]), Prompt = "a", Width = 64, Height = 32, NumFrames = 5, NumInferenceSteps = 2 };
            var frames = 0;
            await foreach (var frame in wan.GenerateAsync(request, CancellationToken.None))
                frames++;
            Console.WriteLine(frames);
            """);

        var environment = new Dictionary<string, string> { ["KINEMA_LIBTORCH"] = Repository.File("tests", "Kinema.Wan.Tests", "bin", "Release", "net10.0", "libtorch") };
        using var folder = new TemporaryFolder();
        // The fixtures have no tokenizer.
        await File.WriteAllTextAsync(
            folder.File("tokenizer.json"), """{"model":{"type":"Unigram","unk_id":2,"vocab":[["<pad>",-1],["</s>",-1],["<unk>",-1],["\u2581",-1],["a",-1]]}}""", Ct);
        (await Tool.RunAsync("/", environment, "dotnet", consumer.Program, checkpoint, folder.File("tokenizer.json"))).Trim().ShouldBe("5");
    }

    /// <summary>The first C# sample of a package's README.</summary>
    private static async Task<string> SampleAsync(string package) =>
        Sample().Match(await File.ReadAllTextAsync(Repository.File("src", package, "README.md"), Ct)).Groups[1].Value;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
