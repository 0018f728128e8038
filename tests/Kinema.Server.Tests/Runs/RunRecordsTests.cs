using System.Net;
using System.Text.Json.Nodes;
using Kinema.Core.Keys;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>What a finished run shows beside its record.</summary>
public sealed class RunRecordsTests(WorkingServer working) : IClassFixture<WorkingServer>
{
    private HttpClient Client => working.Server.Client;

    private string Path => $"/v1/runs/{working.RunId}";

    [Fact]
    public async Task The_phases_of_the_attempt_are_listed_and_read_one_by_one()
    {
        var items = (await (await Client.GetAsync($"{Path}/node-runs", Ct)).ReadJsonAsync())["items"]!.AsArray();

        items.Select(i => i!["node_id"].Text()).ShouldBe(["preprocess", "inference", "encode", "upload"]);
        items.Select(i => i!["state_code"].Text()).ShouldAllBe(state => state == "succeeded");
        var timing = working.Run["output"]!["timing"]!;
        items.Select(i => i!["duration_ms"]!.GetValue<long>())
            .ShouldBe(((string[])["preprocess_ms", "inference_ms", "encode_ms", "upload_ms"]).Select(name => timing[name]!.GetValue<long>()));
        items[0]!.AsObject().Select(m => m.Key).ShouldBe(
        [
            "id", "run_id", "node_id", "flow_id", "state_code", "input", "output", "input_signature", "preview_type", "preview_value", "duration_ms", "cost",
            "retry_count", "error_message", "created_at", "started_at", "completed_at",
        ]);
        var one = await (await Client.GetAsync($"{Path}/node-runs/{items[1]!["id"].Text()}", Ct)).ReadJsonAsync();
        one.ToJsonString().ShouldBe(items[1]!.ToJsonString());
        await (await Client.GetAsync($"{Path}/node-runs/{working.RunId}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await Client.GetAsync($"{Path}/node-runs/nonsense", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        working.Run["has_node_runs"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Log_lines_come_in_pages_and_one_by_one()
    {
        var body = SharedServer.RunBody();
        body["promt"] = "x";
        body["colour"] = "red";
        var id = (await (await Client.PostAsync(SharedServer.RunsPath, Json(body), Ct)).ReadJsonAsync())["id"].Text();

        var first = await (await Client.GetAsync($"/v1/runs/{id}/logs?limit=1", Ct)).ReadJsonAsync();
        var line = first["items"]!.AsArray().ShouldHaveSingleItem()!;
        line.AsObject().Select(m => m.Key).ShouldBe(["id", "run_id", "level_code", "message", "timestamp", "meta", "run"]);
        line["message"].Text().ShouldContain("promt");
        var second = await (await Client.GetAsync($"/v1/runs/{id}/logs?limit=1&pq={first["next"].Text()}", Ct)).ReadJsonAsync();
        second["items"]![0]!["message"].Text().ShouldContain("colour");
        (await (await Client.GetAsync($"/v1/runs/{id}/logs/{line["id"]}", Ct)).ReadJsonAsync()).ToJsonString().ShouldBe(line.ToJsonString());
        foreach (var unknown in (string[])["1", "0", "999", "x", "99999999999999999999"])
            await (await Client.GetAsync($"/v1/runs/{id}/logs/{unknown}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await Client.GetAsync($"/v1/runs/{id}/logs?pq=x", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        await (await Client.GetAsync($"/v1/runs/{id}/logs?limit=501", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Feedback_is_in_the_record_until_it_is_taken_back()
    {
        var rated = await SendFeedbackAsync("""{"is_positive":true,"reason":"smooth"}""");
        (rated["feedback_is_positive"]!.GetValue<bool>(), rated["feedback_reason"].Text()).ShouldBe((true, "smooth"));
        (await SendFeedbackAsync("""{"reason":null}"""))["feedback_reason"].ShouldBeNull();
        var read = await (await Client.GetAsync(Path, Ct)).ReadJsonAsync();
        (read["feedback_is_positive"]!.GetValue<bool>(), read["feedback_reason"]).ShouldBe((true, null));
        (await SendFeedbackAsync("""{"is_positive":null}"""))["feedback_is_positive"].ShouldBeNull();

        foreach (var wrong in (string[])["""{"is_positive":"true"}""", """{"is_positive":1}""", $$"""{"reason":"{{new string('x', 2001)}}"}"""])
            await (await Client.PatchAsync($"{Path}/feedback", Json(wrong), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Parts_are_embedded_in_a_record_and_in_a_list_and_an_unknown_one_is_named()
    {
        var run = await (await Client.GetAsync($"{Path}?embed=logs,node_runs", Ct)).ReadJsonAsync();
        run["node_runs"]!.AsArray().Count.ShouldBe(4);
        run["logs"]!.AsArray().ShouldNotBeNull();
        (await (await Client.GetAsync(Path, Ct)).ReadJsonAsync()).ContainsKey("node_runs").ShouldBeFalse();

        var page = await (await Client.GetAsync($"/v1/runs?q=id:{working.RunId}&embed=node_runs&fields=id", Ct)).ReadJsonAsync();
        page["items"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["id", "node_runs"]);
        page["items"]![0]!["node_runs"]!.AsArray().Count.ShouldBe(4);

        foreach (var path in (string[])[Path, "/v1/runs"])
        {
            var error = await (await Client.GetAsync($"{path}?embed=flow", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
            error["message"].Text().ShouldBe("embed names \"flow\"; allowed are logs and node_runs");
        }
    }

    [Fact]
    public async Task Statistics_show_days_models_and_sources()
    {
        var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        await using var _ = server;
        await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server));
        var today = TimeProvider.System.GetUtcNow();
        var (start, end) = ($"{today.AddDays(-2):yyyy-MM-dd}", $"{today.AddDays(1):yyyy-MM-dd}");

        var stats = await (await server.Client.GetAsync($"/v1/runs-stats?start={start}&end={end}", Ct)).ReadJsonAsync();

        stats["timeline"]!.AsArray().Count.ShouldBe(3);
        stats["timeline"]!.AsArray().Sum(day => day!["runs"]!.GetValue<int>()).ShouldBe(1);
        var model = stats["by_flow"]!.AsArray().ShouldHaveSingleItem()!;
        (model["flow_slug"].Text(), model["runs"]!.GetValue<int>(), model["spend"].Text()).ShouldBe(("alibaba/wan/v2.7/image-to-video", 1, "0.20"));
        model["flow_name"].Text().ShouldNotBe(model["flow_slug"].Text());
        model["avg_duration_ms"]!.GetValue<long>().ShouldBeGreaterThan(0);
        stats["by_source"]![0]!.ToJsonString().ShouldBe("""{"source_code":"api","runs":1,"pct":100}""");

        var narrow = await server.AddKeyAsync(server.Caller.OrgId, [Scopes.RunsRead]);
        var without = await (await narrow.Client.GetAsync($"/v1/runs-stats?start={start}&end={end}", Ct)).ReadJsonAsync();
        without["by_flow"]!.AsArray().ShouldBeEmpty();
        without["timeline"]!.ToJsonString().ShouldBe(stats["timeline"]!.ToJsonString());
        var other = await server.AddCallerAsync();
        (await (await other.Client.GetAsync($"/v1/runs-stats?start={start}&end={end}", Ct)).ReadJsonAsync())["by_source"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "start is required: an ISO 8601 time or date")]
    [InlineData("start=2026-01-01", "end is required: an ISO 8601 time or date")]
    [InlineData("start=yesterday&end=2026-01-02", "start must be an ISO 8601 time or date from 1970 on; got \"yesterday\"")]
    [InlineData("start=2026-01-02&end=2026-01-02", "end must be after start")]
    [InlineData("start=2024-01-01&end=2026-01-01", "end must be at most 366 days after start; got 731")]
    public async Task A_wrong_time_of_statistics_is_named(string query, string message)
    {
        var error = await (await Client.GetAsync($"/v1/runs-stats?{query}", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["msg"].Text().ShouldBe(message);
    }

    private async Task<JsonObject> SendFeedbackAsync(string body)
    {
        var response = await Client.PatchAsync($"{Path}/feedback", Json(body), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
        return await response.ReadJsonAsync();
    }
}
