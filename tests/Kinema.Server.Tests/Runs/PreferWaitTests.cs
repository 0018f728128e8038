using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class PreferWaitTests(WorkingServer working) : IClassFixture<WorkingServer>
{
    [Fact]
    public async Task The_answer_is_held_until_the_run_has_ended()
    {
        var body = WorkingServer.RunBody();
        body["colour"] = "red";

        var response = await PostAsync(working.Server, "respond-async, wait=60", body);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.GetValues("Preference-Applied").ShouldBe(["wait=60"]);
        var run = await response.ReadJsonAsync();
        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["output"]!["outputs"]![0]!["url"].Text().ShouldNotBeEmpty();
        run["warnings"]![0]!["msg"].Text().ShouldContain("colour");
        response.Headers.Location!.AbsolutePath.ShouldBe($"/v1/runs/{run["id"].Text()}");
    }

    [Fact]
    public async Task When_the_time_is_over_the_record_is_sent_as_it_is()
    {
        await using var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true });

        var response = await PostAsync(server, "wait=1");

        response.Headers.GetValues("Preference-Applied").ShouldBe(["wait=1"]);
        (await response.ReadJsonAsync())["status_code"].Text().ShouldBeOneOf("queued", "dispatching", "running");
    }

    [Theory]
    [InlineData("wait=100", "wait=60")]
    [InlineData("wait=\"0\"", "wait=0")]
    [InlineData("Wait = 0", "wait=0")]
    [InlineData("wait=-1", null)]
    [InlineData("wait=soon", null)]
    [InlineData("wait", null)]
    [InlineData("return=minimal", null)]
    public async Task A_preference_that_cannot_be_read_is_ignored_and_a_longer_wait_is_cut(string prefer, string? applied)
    {
        var response = await PostAsync(working.Server, prefer);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.TryGetValues("Preference-Applied", out var values);
        values?.Single().ShouldBe(applied);
        (values is null).ShouldBe(applied is null);
    }

    [Fact]
    public async Task A_held_answer_takes_one_of_the_places_for_event_streams_and_without_one_is_sent_at_once()
    {
        await using var server = await WorkingServer.StartAsync(
            new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true }, "Server:MaxEventStreamsPerOrganization=1");
        var id = await WorkingServer.CreateAsync(server);
        using var stream = await server.Client.GetAsync($"/v1/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead, Ct);

        var response = await PostAsync(server, "wait=60");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Contains("Preference-Applied").ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_held_answers()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true };
        await using var server = await WorkingServer.StartAsync(engine);
        var waiting = PostAsync(server, "wait=60");
        while ((await (await server.Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync())["items"]!.AsArray().Count == 0)
            await Task.Delay(20, Ct);

        await server.App.StopAsync(Ct);

        (await waiting).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestServer server, string prefer, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, SharedServer.RunsPath) { Content = Json(body ?? WorkingServer.RunBody()) };
        request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return await server.Client.SendAsync(request, Ct);
    }
}
