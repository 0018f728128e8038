using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Contract.Tests;

/// <summary>npm <c>openai</c> 6.49.0 against <c>/v1/videos</c>.</summary>
public sealed class VideosClientTests
{
    private const string Model = "alibaba/wan/v2.7/image-to-video";

    [Fact]
    public async Task The_video_calls_of_the_package_openai_do_what_they_say()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        var question = JsonSerializer.Serialize(new
        {
            baseURL = new Uri(scene.Server.Url, "v1").AbsoluteUri,
            apiKey = scene.Server.Caller.Token,
            picture = Samples.Photograph("cat"),
            pictureURL = scene.Files.For(Samples.Photograph("coffee")),
            model = Model,
        });

        var seen = JsonNode.Parse(await ProgramRun.RunAsync("node", ["videos.mjs"], ct, question))!;

        var created = seen["created"]!;
        (Text(created, "object"), Text(created, "model"), Text(created, "status"), Text(created, "size"), Text(created, "seconds"), Text(created, "prompt"))
            .ShouldBe(("video", Model, "queued", "1280x720", "4", "a cat looks up"));
        var finished = seen["finished"]!;
        (Text(finished, "status"), Text(finished, "progress"), Text(finished, "size"), Text(finished, "seconds"), finished["error"]).ShouldBe(("completed", "100", "64x64", "4", null));
        (Text(seen["content"]!, "type"), Text(seen["thumbnail"]!, "type")).ShouldBe(("video/mp4", "image/jpeg"));
        seen["content"]!["bytes"]!.GetValue<int>().ShouldBeGreaterThan(1000);

        var (first, second) = (Text(created, "id"), Text(seen["second"]!, "id"));
        seen["page"]!.ToJsonString().ShouldBe($$"""{"ids":["{{second}}"],"hasMore":true}""");
        seen["listed"]!.AsArray().Select(id => id!.GetValue<string>()).ShouldBe([first, second]);
        var input = JsonNode.Parse(await scene.Server.Client.GetStringAsync(new Uri($"/v1/runs/{second}", UriKind.Relative), ct))!["input"]!;
        Text(input, "image_url").ShouldStartWith("http://");

        Shown(seen["wrongSize"]!).ShouldBe("BadRequestError 400 validation_error invalid_request_error size");
        Text(seen["wrongSize"]!, "message").ShouldContain("1280x720, 720x1280, 1920x1080, 1080x1920");
        Shown(seen["wrongSeconds"]!).ShouldBe("BadRequestError 400 validation_error invalid_request_error seconds");
        Text(seen["wrongSeconds"]!, "message").ShouldContain("seconds must");
        Shown(seen["unknownModel"]!).ShouldBe("NotFoundError 404 model_not_found invalid_request_error ");
        Shown(seen["wrongKey"]!).ShouldBe("AuthenticationError 401 unauthorized invalid_request_error ");
        Shown(seen["spritesheet"]!).ShouldBe("BadRequestError 400 validation_error invalid_request_error variant");
        Shown(seen["remix"]!).ShouldBe("InternalServerError 501 not_supported server_error ");
        seen["deleted"]!.ToJsonString().ShouldBe($$"""{"id":"{{first}}","object":"video.deleted","deleted":true}""");
        Shown(seen["gone"]!).ShouldBe("NotFoundError 404 run_not_found invalid_request_error ");
    }

    private static string Shown(JsonNode error) => $"{Text(error, "name")} {Text(error, "status")} {Text(error, "code")} {Text(error, "type")} {error["param"]}";

    private static string Text(JsonNode node, string name) => node[name]!.ToString();
}
