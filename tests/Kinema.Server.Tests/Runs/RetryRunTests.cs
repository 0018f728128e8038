using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class RetryRunTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Client => shared.Server.Client;

    [Fact]
    public async Task A_canceled_run_is_made_again_with_what_the_caller_sent()
    {
        var body = WorkingServer.RunBody();
        body["metadata"] = new JsonObject { ["order"] = 42 };
        body["client_ref"] = "order-42";
        body["callback_url"] = "http://127.0.0.1:9/callback";
        var first = await shared.CreateRunAsync(body);
        await Client.PostAsync($"/v1/runs/{first["id"].Text()}/cancellation", null, Ct);

        var response = await Client.PostAsync($"/v1/runs/{first["id"].Text()}/retries", null, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        var second = await response.ReadJsonAsync();
        second["id"].Text().ShouldNotBe(first["id"].Text());
        response.Headers.Location!.AbsolutePath.ShouldBe($"/v1/runs/{second["id"].Text()}");
        (second["retry_of"].Text(), second["status_code"].Text()).ShouldBe((first["id"].Text(), "queued"));
        foreach (var name in (string[])["input", "metadata", "client_ref", "callback_url", "model"])
            second[name]!.ToJsonString().ShouldBe(first[name]!.ToJsonString(), name);
        first["retry_of"].ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_goes_on_or_does_not_exist_is_not_retried()
    {
        var run = await shared.CreateRunAsync();
        var refused = await (await Client.PostAsync($"/v1/runs/{run["id"].Text()}/retries", null, Ct)).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        refused["message"].Text().ShouldBe("Only a run that failed or was canceled can be retried; this one is queued.");
        await (await Client.PostAsync($"/v1/runs/{Guid.CreateVersion7()}/retries", null, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND");
    }

    [Fact]
    public async Task A_retry_passes_the_checks_of_a_create()
    {
        await using var server = await TestServer.StartIdleAsync(["Runs:MaxQueuedPerOrganization=1"]);
        var first = await (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();
        await server.Client.PostAsync($"/v1/runs/{first["id"].Text()}/cancellation", null, Ct);
        (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);

        await (await server.Client.PostAsync($"/v1/runs/{first["id"].Text()}/retries", null, Ct)).ShouldBeErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
    }

    [Fact]
    public async Task A_failed_run_shows_the_phase_that_failed_and_its_retry_fails_alike()
    {
        await using var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = "http://127.0.0.1:9/none.png";
        var id = await WorkingServer.CreateAsync(server, body);
        var failed = await WorkingServer.WaitForEndAsync(server, id);
        failed["status_code"].Text().ShouldBe("failed");
        failed["error"]!["code"].Text().ShouldBe("INPUT_MEDIA_UNREACHABLE");

        var phase = (await (await server.Client.GetAsync($"/v1/runs/{id}/node-runs", Ct)).ReadJsonAsync())["items"]!.AsArray().ShouldHaveSingleItem()!;
        (phase["node_id"].Text(), phase["state_code"].Text()).ShouldBe(("preprocess", "failed"));
        phase["error_message"].Text().ShouldBe(failed["failure_message"].Text());
        var again = await (await server.Client.PostAsync($"/v1/runs/{id}/retries", null, Ct)).ReadJsonAsync();
        (await WorkingServer.WaitForEndAsync(server, again["id"].Text()))["failure_code"].Text().ShouldBe("INPUT_MEDIA_UNREACHABLE");
    }
}
