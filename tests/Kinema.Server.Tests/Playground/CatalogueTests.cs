using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The cards of the catalogue.</summary>
public sealed class CatalogueTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task A_card_says_what_the_model_costs_and_which_engine_serves_it_and_why()
    {
        using var reader = shared.Server.CreateClient();
        var html = await reader.GetStringAsync("/models", Ct);

        html.ShouldContain("<a href=\"/models/alibaba/wan/v2.7/image-to-video\">Wan 2.7 - Image to Video</a>");
        html.ShouldContain("<dd>$0.1/second</dd>");
        html.ShouldContain("<dd>Alibaba</dd>");
        html.ShouldContain("data-state=\"ready\"");
        html.ShouldContain("It is the engine bound here.");
    }

    [Theory]
    [InlineData("wait", "waiting", "runs wait for one")]
    [InlineData("refuse", "unavailable", "runs are refused")]
    public async Task A_card_says_that_the_first_engine_has_no_worker_and_what_happens_to_runs(string policy, string state, string words)
    {
        await using var server = await TestServer.StartIdleAsync(["Engines:Bindings:0=wan", "Engines:Bindings:1=motion", $"Engines:NoWorkerPolicy={policy}"]);
        using var reader = server.CreateClient();
        var html = await reader.GetStringAsync("/models", Ct);

        html.ShouldContain($"data-state=\"{state}\"");
        html.ShouldContain(words);
        html.ShouldContain("wan, motion");
    }

    [Fact]
    public async Task A_card_s_poster_is_small_and_kept_for_good_and_its_video_is_not_in_the_page()
    {
        using var reader = shared.Server.CreateClient();
        var html = await reader.GetStringAsync("/models", Ct);
        html.ShouldNotContain("<video");

        using var poster = await reader.GetAsync(html.Split("<img src=\"")[1].Split('"')[0], Ct);
        poster.StatusCode.ShouldBe(HttpStatusCode.OK);
        poster.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        poster.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        poster.Content.Headers.ContentLength.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(25_000);

        var address = html.Split("data-preview=\"")[1].Split('"')[0];
        using var video = await reader.GetAsync(address, Ct);
        video.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
        video.Content.Headers.ContentLength.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(250_000);
        using var part = new HttpRequestMessage(HttpMethod.Get, address);
        part.Headers.TryAddWithoutValidation("Range", "bytes=0-9");
        using var first = await reader.SendAsync(part, Ct);
        first.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
    }

    [Theory]
    [InlineData("/playground/pictures/0000000000000000/image-to-video.jpg")]
    [InlineData("/playground/pictures/..%2F..%2Fetc/passwd")]
    public async Task Nothing_else_is_served_as_a_picture(string path)
    {
        using var reader = shared.Server.CreateClient();
        using var answer = await reader.GetAsync(path, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_model_without_pictures_has_a_card_too()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("second.json"), await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Models", "second-model.json"), Ct), Ct);
        await using var server = await TestServer.StartIdleAsync([$"Server:CatalogFolder={folder.FullPath}"]);
        using var reader = server.CreateClient();
        var html = await reader.GetStringAsync("/models", Ct);

        html.ShouldContain($"<dd>{JsonNode.Parse(await File.ReadAllTextAsync(folder.File("second.json"), Ct))!["provider"].Text()}</dd>");
        html.ShouldContain("<div class=\"picture\"><svg");
        html.ShouldNotContain("data-preview");
        html.ShouldNotContain("<img");
    }
}
