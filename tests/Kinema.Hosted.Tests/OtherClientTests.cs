using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Hosted.Tests;

/// <summary>The fake answers as a client of others expects it: npm @ai-sdk/alibaba.</summary>
public sealed class OtherClientTests
{
    [Theory]
    [InlineData("wan3.0-video", null)]
    [InlineData("wan2.6-i2v", null)]
    // It sends the old field, which the service takes and fails later.
    [InlineData("wan2.7-i2v", "Field required: input.media")]
    public async Task Another_client_gets_its_video_from_the_fake_as_far_as_it_goes(string model, string? problem)
    {
        await using var fake = await FakeServer.StartAsync("dashscope");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = Process.Start(new ProcessStartInfo("node", [Repository.File("tests", "fakes", "dashscope", "client", "client.mjs"), fake.Url.ToString(), model]) { RedirectStandardOutput = true })!;
        var said = await client.StandardOutput.ReadToEndAsync(limit.Token);
        await client.WaitForExitAsync(limit.Token);

        var made = JsonNode.Parse(said)!;
        if (problem is null)
            ((string?)made["type"], (int)made["bytes"]! > 1000).ShouldBe(("video/mp4", true), said);
        else
            ((string)made["error"]!).ShouldContain(problem);
    }
}
