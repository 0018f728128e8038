using System.Diagnostics;
using System.Text.Json;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Worker.Tests.Attempts;

/// <summary>With the real encoder and the real poster maker.</summary>
public sealed class RealFileTests
{
    [Fact]
    public async Task The_video_and_its_poster_are_real_files_and_the_video_names_its_run()
    {
        using var media = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();
        using var rig = new Rig(configure: services => services
            .AddSingleton(media.GetRequiredService<IVideoEncoder>())
            .AddSingleton(media.GetRequiredService<IPosterMaker>()));
        rig.Engine.Script = (_, _) => ScriptedEngine.AllFrames(new VideoFormat(128, 72, 10, 20));
        var claim = rig.Claim();

        var output = (await rig.RunAsync(claim)).ShouldBeOfType<AttemptOutcome.Succeeded>().Output;

        var probed = await ProbeAsync(rig.Artifacts.Find(output.Artifacts[0].Key)!);
        var tags = probed.GetProperty("format").GetProperty("tags");
        tags.GetProperty("comment").GetString()!.ShouldContain(claim.Run.Id.ToString());
        JsonDocument.Parse(tags.GetProperty("model_data").GetString()!).RootElement.GetProperty("zoom").GetDouble().ShouldBe(1.1);
        probed.GetProperty("streams")[0].GetProperty("nb_frames").GetString().ShouldBe("20");
        (await File.ReadAllBytesAsync(rig.Artifacts.Find(output.Artifacts[1].Key)!, Rig.Ct)).ShouldStartWithJpegMark();
    }

    private static async Task<JsonElement> ProbeAsync(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("ffprobe", ["-v", "error", "-of", "json", "-show_format", "-show_streams", path]) { RedirectStandardOutput = true })!;
        var json = await process.StandardOutput.ReadToEndAsync(Rig.Ct);
        return JsonDocument.Parse(json).RootElement;
    }
}

internal static class JpegAssertions
{
    public static void ShouldStartWithJpegMark(this byte[] bytes) => bytes[..3].ShouldBe([0xFF, 0xD8, 0xFF]);
}
