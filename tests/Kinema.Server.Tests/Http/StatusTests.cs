using System.Net;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

public sealed class StatusTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Health_needs_no_key()
    {
        using var anybody = shared.Server.CreateClient();
        var body = await (await anybody.GetAsync("/v1/health", Ct)).ReadJsonAsync();
        body["status"].Text().ShouldBe("ok");
    }

    [Fact]
    public async Task Version_names_the_product()
    {
        using var anybody = shared.Server.CreateClient();
        var body = await (await anybody.GetAsync("/v1/version", Ct)).ReadJsonAsync();
        body["name"].Text().ShouldBe("kinema");
        Version.Parse(body["version"].Text()).Major.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_whose_parts_all_work_is_ready()
    {
        await using var server = await TestServer.StartAsync();
        var response = await server.Client.GetAsync("/v1/readiness", Ct);
        var body = await response.ReadJsonAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        body["checks"]!.AsObject().Select(c => c.Key).ShouldBe(["store", "disk", "ffmpeg", "worker", "callbacks"]);
    }

    [Fact]
    public async Task A_server_whose_callbacks_are_paused_is_ready_and_says_so()
    {
        await using var server = await TestServer.StartAsync();
        (await server.Client.PutAsync("/v1/callback-pause", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var response = await server.Client.GetAsync("/v1/readiness", Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.ReadJsonAsync())["checks"]!["callbacks"].Text().ShouldBe("paused for 1 of the organizations");
    }

    [Fact]
    public async Task A_server_without_a_worker_is_not_ready_and_says_so()
    {
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false"]);
        var body = await (await server.Client.GetAsync("/v1/readiness", Ct)).ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "NOT_READY");
        body["errors"]!.AsArray().Select(e => e!["loc"]![1].Text()).ShouldBe(["worker"]);
    }

    [Fact]
    public async Task A_server_without_disk_space_or_ffmpeg_is_not_ready_and_names_both()
    {
        await using var server = await TestServer.StartAsync([$"Server:MinFreeBytes={long.MaxValue}", "Media:FfmpegPath=/nowhere/ffmpeg"]);
        var body = await (await server.Client.GetAsync("/v1/readiness", Ct)).ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "NOT_READY");
        body["errors"]!.AsArray().Select(e => e!["loc"]![1].Text()).ShouldBe(["disk", "ffmpeg"]);
    }
}
