using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Videos;

/// <summary>What <c>/v1/videos</c> answers, beyond what its usual clients send.</summary>
public sealed class VideosTests
{
    private const string Root = "/v1/videos";

    [Fact]
    public async Task A_create_in_JSON_becomes_a_run_with_the_members_by_their_own_names()
    {
        await using var server = await TestServer.StartIdleAsync();
        var body = new JsonObject
        {
            ["prompt"] = "a cat",
            ["seconds"] = 3,
            ["size"] = "720x1280",
            ["input_reference"] = new JsonObject { ["image_url"] = "https://pictures.example/cat.png" },
            ["extra_body"] = new JsonObject { ["seed"] = 11, ["negative_prompt"] = "rain" },
        };

        var video = await (await server.Client.PostAsync(Root, Json(body), Ct)).ReadJsonAsync();

        (video["status"].Text(), video["seconds"].Text(), video["size"].Text(), video["model"].Text()).ShouldBe(("queued", "3", "720x1280", "alibaba/wan/v2.7/image-to-video"));
        var run = await (await server.Client.GetAsync($"/v1/runs/{video["id"].Text()}", Ct)).ReadJsonAsync();
        run["input"]!.ToJsonString().ShouldBe(
            """{"prompt":"a cat","duration":3,"resolution":"720p","image_url":"https://pictures.example/cat.png","seed":11,"negative_prompt":"rain"}""");
    }

    [Fact]
    public async Task A_repetition_gets_the_first_video_and_the_same_order_without_the_header_is_a_new_one()
    {
        await using var server = await TestServer.StartIdleAsync();
        var first = await IdAsync(await CreateAsync(server, retry: "0"));

        (await IdAsync(await CreateAsync(server, retry: "1"))).ShouldBe(first);
        (await IdAsync(await CreateAsync(server, retry: "2"))).ShouldBe(first);
        (await IdAsync(await CreateAsync(server, prompt: "another", retry: "1"))).ShouldNotBe(first);
        (await IdAsync(await CreateAsync(server))).ShouldNotBe(first);
        (await (await server.Client.GetAsync(Root, Ct)).ReadJsonAsync())["data"]!.AsArray().Count.ShouldBe(3);

        // Of another key it is another order.
        var other = await server.AddKeyAsync(server.Caller.OrgId);
        (await IdAsync(await CreateAsync(server, client: other.Client, retry: "1"))).ShouldNotBe(first);
    }

    [Fact]
    public async Task A_repetition_after_a_minute_is_a_new_order()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await TestServer.StartIdleAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var first = await IdAsync(await CreateAsync(server));

        clock.Advance(TimeSpan.FromSeconds(59));
        (await IdAsync(await CreateAsync(server, retry: "1"))).ShouldBe(first);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await IdAsync(await CreateAsync(server, retry: "1"))).ShouldNotBe(first);
    }

    [Fact]
    public async Task With_an_idempotency_key_the_same_body_in_another_form_gets_the_same_video_and_another_body_is_refused()
    {
        await using var server = await TestServer.StartIdleAsync();
        var first = await IdAsync(await CreateAsync(server, key: "order-1"));

        (await IdAsync(await CreateAsync(server, key: "order-1"))).ShouldBe(first);
        var refused = await CreateAsync(server, prompt: "another", key: "order-1");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ErrorAsync(refused))["code"].Text().ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task Errors_have_the_shape_that_clients_read_and_say_which_must_not_be_repeated()
    {
        await using var server = await TestServer.StartIdleAsync();
        using var anybody = server.CreateClient();

        var unauthorized = await anybody.GetAsync(Root, Ct);
        (unauthorized.StatusCode, (await ErrorAsync(unauthorized))["type"].Text()).ShouldBe((HttpStatusCode.Unauthorized, "invalid_request_error"));
        (await ErrorAsync(await server.Client.GetAsync($"{Root}/nothing", Ct)))["message"].Text().ShouldContain("No video nothing");
        var type = await server.Client.PostAsync(Root, new StringContent("prompt=x", Encoding.UTF8, "application/x-www-form-urlencoded"), Ct);
        (type.StatusCode, (await ErrorAsync(type))["code"].Text()).ShouldBe((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"));
        var edit = await server.Client.PostAsync($"{Root}/edits", Json(new JsonObject()), Ct);
        (edit.StatusCode, edit.Headers.GetValues("x-should-retry").Single()).ShouldBe((HttpStatusCode.NotImplemented, "false"));
        foreach (var (query, param) in ((string, string)[])[("limit=0", "limit"), ("limit=101", "limit"), ("order=up", "order"), ("after=nothing", "after")])
            (await ErrorAsync(await server.Client.GetAsync($"{Root}?{query}", Ct)))["param"].Text().ShouldBe(param);
        (await ErrorAsync(await server.Client.PostAsync(Root, Json(new JsonObject { ["frames"] = 3 }), Ct)))["param"].Text().ShouldBe("frames");
    }

    [Fact]
    public async Task A_form_that_breaks_off_or_has_another_file_is_refused()
    {
        await using var server = await TestServer.StartIdleAsync();
        using var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na ca");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        var cut = await server.Client.PostAsync(Root, broken, Ct);
        (cut.StatusCode, (await ErrorAsync(cut))["message"].Text()[..24]).ShouldBe((HttpStatusCode.BadRequest, "The form cannot be read:"));

        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "mask", "mask.png" } };
        (await ErrorAsync(await server.Client.PostAsync(Root, form, Ct)))["message"].Text().ShouldContain("\"mask\" is a file");
    }

    [Fact]
    public async Task A_file_is_served_in_ranges_and_a_video_that_is_not_ready_has_none()
    {
        await using var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        var id = await IdAsync(await CreateAsync(server));
        await WorkingServer.WaitForEndAsync(server, id);

        using var part = new HttpRequestMessage(HttpMethod.Get, $"{Root}/{id}/content") { Headers = { Range = new(4, 7) } };
        var answer = await server.Client.SendAsync(part, Ct);
        (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)).ShouldBe((HttpStatusCode.PartialContent, "ftyp"));

        await using var idle = await TestServer.StartIdleAsync();
        var queued = await idle.Client.GetAsync($"{Root}/{await IdAsync(await CreateAsync(idle))}/content", Ct);
        (queued.StatusCode, (await ErrorAsync(queued))["message"].Text()).ShouldBe((HttpStatusCode.NotFound, "The video has no file: it is queued."));
    }

    [Fact]
    public async Task Another_organisation_sees_and_deletes_nothing()
    {
        await using var server = await TestServer.StartIdleAsync();
        var id = await IdAsync(await CreateAsync(server));
        var other = await server.AddCallerAsync();

        (await other.Client.GetAsync($"{Root}/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.Client.DeleteAsync($"{Root}/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await other.Client.GetAsync(Root, Ct)).ReadJsonAsync())["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_video_that_is_being_made_is_canceled_and_deleted()
    {
        await using var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true });
        var id = await IdAsync(await CreateAsync(server));
        while ((await (await server.Client.GetAsync($"{Root}/{id}", Ct)).ReadJsonAsync())["status"].Text() == "queued")
            await Task.Delay(20, Ct);

        var deleted = await (await server.Client.DeleteAsync($"{Root}/{id}", Ct)).ReadJsonAsync();

        deleted.ToJsonString().ShouldBe($$"""{"id":"{{id}}","object":"video.deleted","deleted":true}""");
        (await server.Client.GetAsync($"/v1/runs/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpResponseMessage> CreateAsync(TestServer server, string prompt = "a cat", string? retry = null, string? key = null, HttpClient? client = null)
    {
        // A new boundary each time, as clients make it.
        using var form = new MultipartFormDataContent
        {
            { new StringContent(prompt), "prompt" },
            { new StringContent("2"), "seconds" },
            { new ByteArrayContent(File.ReadAllBytes(Samples.Photograph("cat"))) { Headers = { ContentType = new("image/png") } }, "input_reference", "dot.png" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Root) { Content = form };
        if (retry is not null)
            request.Headers.Add("x-stainless-retry-count", retry);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await (client ?? server.Client).SendAsync(request, Ct);
    }

    private static async Task<string> IdAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
        return (await response.ReadJsonAsync())["id"].Text();
    }

    private static async Task<JsonNode> ErrorAsync(HttpResponseMessage response) => (await response.ReadJsonAsync())["error"]!;
}
