using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using SkiaSharp;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>Clips can be chained by their last frames, with the real engine and encoder.</summary>
public sealed class LastFrameTests
{
    [Fact]
    public async Task A_chain_of_clips_does_not_become_lighter_or_darker()
    {
        await using var server = await TestServer.StartAsync();
        var source = Samples.DataUri(Samples.Photograph("coffee"));
        var means = new List<double>();

        for (var hop = 0; hop < 3; hop++)
        {
            var lastFrame = await MakeAsync(server, source);
            var png = await server.Client.GetByteArrayAsync(lastFrame, Ct);
            Chunks(png).ShouldBeSubsetOf(["IHDR", "IDAT", "IEND"]);
            means.Add(MeanLuma(png));
            source = lastFrame;
        }

        TestContext.Current.SendDiagnosticMessage($"mean luma of the last frames: {string.Join(", ", means.Select(mean => $"{mean:0.00}"))}");
        means.Max().ShouldBeLessThan(means.Min() + 1);
    }

    [Fact]
    public async Task The_last_frame_is_signed_like_every_other_file()
    {
        await using var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        var run = await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server));
        var url = run["output"]!["model_data"]!["last_frame_url"].Text();
        using var anybody = server.CreateClient();

        var response = await anybody.GetAsync(url, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        (await anybody.GetAsync(url.Replace("last-frame.png", "poster.jpg", StringComparison.Ordinal), Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        run["output"]!["outputs"]!.AsArray().Count.ShouldBe(1);
    }

    private static async Task<string> MakeAsync(TestServer server, string image)
    {
        var body = SharedServer.RunBody();
        body["input"] = new JsonObject { ["prompt"] = "static camera", ["duration"] = 2, ["resolution"] = "720p", ["image_url"] = image };
        var run = await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server, body));
        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        return run["output"]!["model_data"]!["last_frame_url"].Text();
    }

    private static double MeanLuma(byte[] png)
    {
        using var picture = SKBitmap.Decode(png);
        return picture.Pixels.Average(pixel => (0.2126 * pixel.Red) + (0.7152 * pixel.Green) + (0.0722 * pixel.Blue));
    }

    private static List<string> Chunks(byte[] png)
    {
        var chunks = new List<string>();
        for (var at = 8; at < png.Length; at += 12 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
            chunks.Add(System.Text.Encoding.ASCII.GetString(png, at + 4, 4));
        return chunks;
    }
}
