using System.Net;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class RunRoutesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Client => shared.Server.Client;

    [Fact]
    public async Task A_run_is_read_although_the_request_has_an_unknown_parameter_and_a_body()
    {
        var run = await shared.CreateRunAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{run["id"].Text()}?add_signature=true") { Content = Json("") };
        (await (await Client.SendAsync(request, Ct)).ReadJsonAsync())["id"].Text().ShouldBe(run["id"].Text());
        await (await Client.GetAsync($"/v1/runs/{Guid.CreateVersion7()}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND");
    }

    [Fact]
    public async Task A_list_pages_in_both_directions_with_the_requested_fields()
    {
        var mark = $"page-{Guid.CreateVersion7():N}";
        for (var i = 0; i < 3; i++)
        {
            var body = SharedServer.RunBody();
            body["client_ref"] = mark;
            await shared.CreateRunAsync(body);
        }

        var path = $"/v1/runs?q=client_ref.EQ:'{mark}'&fields=id,client_ref&limit=2";
        var first = await (await Client.GetAsync(path, Ct)).ReadJsonAsync();
        first["items"]!.AsArray().Select(i => i!.AsObject().Select(f => f.Key)).ShouldAllBe(names => string.Join(',', names) == "id,client_ref");
        var second = await (await Client.GetAsync($"{path}&pq={first["next"].Text()}", Ct)).ReadJsonAsync();
        second["next"].ShouldBeNull();
        Ids(first).Concat(Ids(second)).ShouldBe(Ids(first).Concat(Ids(second)).OrderDescending());
        Ids(first).Count().ShouldBe(2);
        Ids(second).Count().ShouldBe(1);
        var back = await (await Client.GetAsync($"{path}&pq={second["previous"].Text()}", Ct)).ReadJsonAsync();
        Ids(back).ShouldBe(Ids(first));
        var oldest = await (await Client.GetAsync($"{path}&sort_by=created_at:asc", Ct)).ReadJsonAsync();
        Ids(oldest).ShouldBe(Ids(first).Concat(Ids(second)).Order().Take(2));
    }

    [Fact]
    public async Task A_list_takes_any_filter_and_several_sort_keys_and_pages_through_them()
    {
        var mark = $"sort-{Guid.CreateVersion7():N}";
        for (var i = 0; i < 5; i++)
        {
            var body = SharedServer.RunBody();
            body["client_ref"] = $"{mark}-{i % 2}";
            await shared.CreateRunAsync(body);
        }

        var path = $"/v1/runs?q=(client_ref:{mark}-0 OR client_ref.EQ:'{mark}-1') AND NOT status_code:failed AND created_at>2020-01-01&sort_by=client_ref:desc,created_at&limit=2";
        var refs = new List<string>();
        JsonNode page;
        string? cursor = null;
        do
        {
            page = await (await Client.GetAsync(cursor is null ? path : $"{path}&pq={cursor}", Ct)).ReadJsonAsync();
            refs.AddRange(page["items"]!.AsArray().Select(item => item!["client_ref"].Text()));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        refs.ShouldBe([$"{mark}-1", $"{mark}-1", $"{mark}-0", $"{mark}-0", $"{mark}-0"]);
        page["previous"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("sort_by=input", "sort_by")]
    [InlineData("fields=idd", "fields")]
    [InlineData("pq=nonsense", "pq")]
    [InlineData("from_prev=maybe", "from_prev")]
    [InlineData("q=nonsense", "q")]
    public async Task A_wrong_parameter_is_named(string query, string parameter)
    {
        var error = await (await Client.GetAsync($"/v1/runs?{query}", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["loc"]!.AsArray().Select(s => s.Text()).ShouldBe(["query", parameter]);
    }

    [Fact]
    public async Task Statuses_are_listed()
    {
        var statuses = await (await Client.GetAsync("/v1/runs/statuses", Ct)).ReadJsonAsync();
        statuses["items"]!.AsArray().Select(s => s!["code"].Text()).ShouldBe(Enum.GetValues<RunStatus>().Select(s => s.ToCode()));
    }

    [Fact]
    public async Task A_queued_run_is_canceled_once()
    {
        var id = (await shared.CreateRunAsync())["id"].Text();
        var canceled = await Client.PostAsync($"/v1/runs/{id}/cancellation", Json("""{"reason":"changed my mind"}"""), Ct);
        canceled.StatusCode.ShouldBe(HttpStatusCode.Created);
        var run = await canceled.ReadJsonAsync();
        run["status_code"].Text().ShouldBe("canceled");
        run["cancel_reason"].Text().ShouldBe("changed my mind");
        (await Client.PostAsync($"/v1/runs/{id}/cancellation", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = await EventReader.ReadAllAsync(Client, id, Ct);
        events[^1].Data["status_code"].Text().ShouldBe("canceled");
    }

    [Fact]
    public async Task A_change_by_a_request_is_signalled_at_once_instead_of_at_the_next_poll()
    {
        // The polling interval is a minute here, longer than this test may take.
        await using var receiver = await CallbackReceiver.StartAsync();
        await using var server = await TestServer.StartIdleAsync(["Callbacks:PollMilliseconds=60000", "Server:EventPollMilliseconds=60000", "Server:EventHeartbeatSeconds=60"]);
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        soon.CancelAfter(TimeSpan.FromSeconds(30));

        var body = SharedServer.RunBody();
        body["callback_url"] = receiver.Url.AbsoluteUri;
        var id = (await (await server.Client.PostAsync(SharedServer.RunsPath, Json(body), Ct)).ReadJsonAsync())["id"].Text();
        var watching = EventReader.ReadAllAsync(server.Client, id, soon.Token);
        await server.Client.PostAsync($"/v1/runs/{id}/cancellation", null, Ct);

        (await watching)[^1].Data["status_code"].Text().ShouldBe("canceled");
        (await receiver.NextAsync(soon.Token)).Json["status"].Text().ShouldBe("cancelled");

        await WorkingServer.WaitUntilDeliveredAsync(server, id, soon.Token);
        (await server.Client.PostAsync($"/v1/runs/{id}/callback-redeliveries", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await receiver.NextAsync(soon.Token)).Json["status"].Text().ShouldBe("cancelled");
    }

    [Theory]
    [InlineData("\"no\"")]
    [InlineData("5")]
    public async Task An_invalid_reason_is_refused(string reason)
    {
        var id = (await shared.CreateRunAsync())["id"].Text();
        await (await Client.PostAsync($"/v1/runs/{id}/cancellation", Json($$"""{"reason":{{reason}}}"""), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Only_a_platform_administrator_cancels_across_organisations()
    {
        var id = (await shared.CreateRunAsync())["id"].Text();
        await (await shared.Other.Client.PostAsync($"/v1/admin/runs/{id}/cancellation", Json("{}"), Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        var admin = await shared.Server.AddKeyAsync(shared.Other.OrgId, [], isPlatformAdmin: true);
        var canceled = await admin.Client.PostAsync($"/v1/admin/runs/{id}/cancellation", Json("{}"), Ct);
        canceled.StatusCode.ShouldBe(HttpStatusCode.Created, await canceled.Content.ReadAsStringAsync(Ct));
        await (await admin.Client.GetAsync($"/v1/runs/{id}", Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "PERMISSION_DENIED");
    }

    [Fact]
    public async Task A_callback_is_redelivered_only_if_it_exists_and_the_run_has_ended()
    {
        var body = SharedServer.RunBody();
        body["callback_url"] = "http://127.0.0.1:9/callback";
        var id = (await shared.CreateRunAsync(body))["id"].Text();
        JsonNode.Parse(await Client.GetStringAsync($"/v1/runs/{id}/callback", Ct))!.AsArray().ShouldBeEmpty();
        await (await Client.PostAsync($"/v1/runs/{id}/callback-redeliveries", null, Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");

        var silent = (await shared.CreateRunAsync())["id"].Text();
        await Client.PostAsync($"/v1/runs/{silent}/cancellation", null, Ct);
        await (await Client.PostAsync($"/v1/runs/{silent}/callback-redeliveries", null, Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Logs_are_the_log_lines_of_the_history()
    {
        var body = SharedServer.RunBody();
        body["promt"] = "x";
        var id = (await shared.CreateRunAsync(body))["id"].Text();
        var logs = await (await Client.GetAsync($"/v1/runs/{id}/logs", Ct)).ReadJsonAsync();
        logs["items"]!.AsArray().ShouldContain(l => l!["message"].Text().Contains("promt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Models_are_listed_and_read()
    {
        var listed = await (await Client.GetAsync("/v1/models", Ct)).ReadJsonAsync();
        listed["items"]!.AsArray().ShouldContain(m => m!["slug"].Text() == "alibaba/wan/v2.7/image-to-video");
        var model = await (await Client.GetAsync("/v1/models/alibaba/wan/v2.7/image-to-video", Ct)).ReadJsonAsync();
        model["inputs"]!.AsArray().Count.ShouldBe(11);
        model["availability_status"].Text().ShouldBe("available");
        await (await Client.GetAsync("/v1/models/alibaba/wan/v9", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "MODEL_NOT_FOUND");
        using var anybody = shared.Server.CreateClient();
        (await (await anybody.GetAsync("/v1/public/models", Ct)).ReadJsonAsync())["items"]!.AsArray().Count.ShouldBe(listed["items"]!.AsArray().Count);
    }

    private static IEnumerable<string> Ids(JsonObject page) => page["items"]!.AsArray().Select(i => i!["id"].Text());
}
