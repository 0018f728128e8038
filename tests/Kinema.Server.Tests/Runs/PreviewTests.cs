using System.Net;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class PreviewTests
{
    [Fact]
    public async Task A_preview_is_announced_and_served_while_the_run_goes_on()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true, MakesPreviews = true };
        await using var server = await WorkingServer.StartAsync(engine);
        var id = await WorkingServer.CreateAsync(server);

        // queued, dispatching, running, preview; log lines may come between.
        var announced = (await EventReader.ReadAllAsync(server.Client, id, Ct, upTo: "preview"))[^1].Data;
        (announced["content_type"].Text(), announced["size_bytes"]!.GetValue<int>()).ShouldBe(("image/png", TestEngine.PreviewPicture.Length));
        var preview = await server.Client.GetAsync(announced["url"].Text(), Ct);

        preview.StatusCode.ShouldBe(HttpStatusCode.OK);
        preview.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        preview.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await preview.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(TestEngine.PreviewPicture.ToArray());
        using var again = new HttpRequestMessage(HttpMethod.Get, announced["url"].Text());
        again.Headers.IfNoneMatch.Add(preview.Headers.ETag!);
        (await server.Client.SendAsync(again, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        var other = await server.AddCallerAsync();
        await (await other.Client.GetAsync(announced["url"].Text(), Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND");

        engine.Release();
        (await WorkingServer.WaitForEndAsync(server, id))["status_code"].Text().ShouldBe("succeeded");
        var gone = await (await server.Client.GetAsync(announced["url"].Text(), Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        gone["message"].Text().ShouldContain("has ended");
    }

    [Fact]
    public async Task A_run_without_previews_says_so()
    {
        await using var server = await TestServer.StartIdleAsync();
        var run = await (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();

        var error = await (await server.Client.GetAsync($"/v1/runs/{run["id"].Text()}/preview", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");

        error["message"].Text().ShouldContain("no preview yet");
    }
}
