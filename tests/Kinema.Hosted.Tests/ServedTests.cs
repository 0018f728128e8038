using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Core.Upstream;
using Kinema.Server;
using Kinema.Server.Configuration;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Hosted.Tests;

/// <summary>The engine in a whole server.</summary>
public sealed class ServedTests
{
    private const string Runs = "/v1/models/alibaba/wan/v2.7/image-to-video/runs";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string[], string> Problems => new()
    {
        { ["Hosted:DashScope:BaseUrl=ftp://x"], "Hosted:DashScope:BaseUrl must be an http or https URL without user and query" },
        { ["Hosted:DashScope:ApiKeyFile=/nowhere/key"], "Hosted:DashScope:ApiKeyFile must be a file; there is none at '/nowhere/key'" },
        { ["Hosted:DashScope:ConcurrentTasks=0"], "Hosted:DashScope:ConcurrentTasks must be from 1 to 10000; got 0" },
        { ["Hosted:DashScope:GenerationSeconds=90001"], "Hosted:DashScope:GenerationSeconds must be from 60 to 90000; got 90001" },
        { ["Hosted:DashScope:PollSeconds=0"], "Hosted:DashScope:PollSeconds must be from 0.1 to 600; got 0" },
        { ["Hosted:DashScope:SubmitsPerSecond=0"], "Hosted:DashScope:SubmitsPerSecond must be from 0.01 to 100; got 0" },
        { ["Hosted:DashScope:ReconcileHours=25"], "Hosted:DashScope:ReconcileHours must be from 0.0001 to 24; got 25" },
        { ["Hosted:DashScope:Model=a b"], "Hosted:DashScope:Model must match [A-Za-z0-9._-]{1,100}; got \"a b\"" },
        { ["Hosted:MaxSpendPerDay=-1"], "Hosted:MaxSpendPerDay must be from 0 to 1000000; got -1" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_setting_that_cannot_be_ends_the_start(string[] settings, string problem)
    {
        using var folder = new TemporaryFolder();
        Should.Throw<SettingsException>(() => KinemaServer.Build(new() { DataFolder = folder.FullPath, Settings = settings })).Problems.ShouldHaveSingleItem().ShouldStartWith(problem);
    }

    [Fact]
    public async Task A_create_that_the_day_s_spend_leaves_no_room_for_is_answered_503()
    {
        await using var server = await StartAsync("http://127.0.0.1:9", "Hosted:MaxSpendPerDay=0.3");

        using var refused = await server.Client.PostAsJsonAsync(Runs, Body(5), Ct);
        using var taken = await server.Client.PostAsJsonAsync(Runs, Body(3), Ct);

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync(Ct)).ShouldContain("What the operator spends on one day (UTC) at the provider of this model is reached.");
        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_combination_that_the_model_does_not_know_is_refused_at_create()
    {
        await using var server = await StartAsync("http://127.0.0.1:9");

        using var refused = await server.Client.PostAsJsonAsync(Runs, new JsonObject { ["input"] = new JsonObject { ["end_image_url"] = "https://pictures.example.com/a.png", ["prompt"] = "a cat" } }, Ct);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_run_is_made_at_the_provider_and_its_file_is_what_counts()
    {
        await using var fake = await FakeServer.StartAsync("dashscope");
        await using var server = await StartAsync(fake.Url.ToString());
        var body = Body(2);
        body["input"]!["image_url"] = Samples.DataUri(Samples.Photograph("cat"));
        body["input"]!["enable_prompt_expansion"] = false;

        using var created = await server.Client.PostAsJsonAsync(Runs, body, Ct);
        var id = (string)(await created.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]!;
        JsonObject run;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        do
        {
            await Task.Delay(50, limit.Token);
            run = (await server.Client.GetFromJsonAsync<JsonObject>(new Uri($"/v1/runs/{id}", UriKind.Relative), limit.Token))!;
        }
        while ((string)run["status_code"]! is "queued" or "dispatching" or "running");

        ((string)run["status_code"]!).ShouldBe("succeeded", run.ToJsonString());
        var video = run["output"]!["outputs"]!.AsArray().ShouldHaveSingleItem()!;
        ((int)video["width"]!, (int)video["height"]!, (double)video["duration"]!, (bool)video["has_audio"]!).ShouldBe((320, 180, 2.0, true));
        var data = run["output"]!["model_data"]!;
        ((string)data["engine"]!, (string)data["provider_model"]!, (string)data["actual_prompt"]!).ShouldBe(("dashscope", "wan2.7-i2v", "a cat"));
        ((string)run["cost"]!).ShouldBe("0.20");
        ((bool)JsonNode.Parse((string)(await fake.RequestsAsync(HostedRig.Submit)).ShouldHaveSingleItem()["body"]!)!["parameters"]!["prompt_extend"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cancelled_run_ends_at_once_and_its_running_task_is_watched_to_its_end_and_paid()
    {
        await using var fake = await FakeServer.StartAsync("dashscope", "--running", "4000");
        await using var server = await StartAsync(fake.Url.ToString());
        var body = Body(2);
        body["input"]!["image_url"] = Samples.DataUri(Samples.Photograph("cat"));
        using var created = await server.Client.PostAsJsonAsync(Runs, body, Ct);
        var id = Guid.Parse((string)(await created.Content.ReadFromJsonAsync<JsonObject>(Ct))!["id"]!);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await fake.TasksAsync() is not [var task] || (string?)task["status"] != "RUNNING")
            await Task.Delay(50, limit.Token);

        using var cancel = await server.Client.PostAsync(new Uri($"/v1/runs/{id}/cancellation", UriKind.Relative), null, Ct);
        var ledger = server.Services.GetRequiredService<IRunLedger>();
        while ((await ledger.FindAsync(server.Caller.OrgId, id, limit.Token))!.Status != RunStatus.Canceled)
            await Task.Delay(50, limit.Token);
        ((string?)(await fake.TasksAsync()).Single()["status"]).ShouldBe("RUNNING");

        while ((await server.Services.GetRequiredService<IUpstreamTasks>().FindAsync(id.ToString(), limit.Token))!.State != UpstreamState.Ended)
            await Task.Delay(50, limit.Token);
        (await ledger.ReadLedgerAsync(server.Caller.OrgId, id, Ct)).Select(line => $"{line.Kind} {line.Amount}").ShouldBe(["hold 0.20", "release -0.20", "provider_cost 0.20"]);
    }

    private static Task<TestServer> StartAsync(string provider, params string[] settings) => TestServer.StartAsync(
    [
        "Hosted:DashScope:ApiKey=sk-x", $"Hosted:DashScope:BaseUrl={provider}", "Hosted:DashScope:PollSeconds=0.1", "Outbound:Operator:Allow:0=127.0.0.0/8",
        "Engines:Bindings:alibaba/wan/v2.7/image-to-video:0=dashscope", .. settings,
    ]);

    private static JsonObject Body(int duration) =>
        new() { ["input"] = new JsonObject { ["image_url"] = "https://pictures.example.com/a.png", ["prompt"] = "a cat", ["resolution"] = "720p", ["duration"] = duration } };
}
