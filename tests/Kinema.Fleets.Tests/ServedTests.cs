using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.Server;
using Kinema.Server.Configuration;
using Kinema.TestSupport;

namespace Kinema.Fleets.Tests;

/// <summary>A fleet behind a whole server.</summary>
public sealed class ServedTests
{
    private const string Runs = "/v1/models/wan-video/wan2.2/i2v-a14b/runs";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string[], string> Problems => new()
    {
        { ["Fleets:gpus:Dialect=cog", "Fleets:gpus:Endpoints:0=http://x"], "Fleets:gpus:Dialect must be one of vllm-omni, sglang, fastvideo, lightx2v; got \"cog\"" },
        { ["Fleets:gpus:Dialect=sglang"], "Fleets:gpus:Endpoints must have 1 to 256 addresses; got 0" },
        { ["Fleets:gpus:Dialect=sglang", "Fleets:gpus:Endpoints:0=http://a:b@x", "Fleets:gpus:Endpoints:1=http://x"], "Fleets:gpus:Endpoints:0 must be an http or https URL without user and query" },
        { ["Fleets:gpus:Dialect=sglang", "Fleets:gpus:Endpoints:0=http://x", "Fleets:gpus:Concurrency=65"], "Fleets:gpus:Concurrency must be from 1 to 64; got \"65\"" },
        { ["Fleets:gpus:Dialect=sglang", "Fleets:gpus:Endpoints:0=http://x", "Fleets:gpus:PollSeconds=0"], "Fleets:gpus:PollSeconds must be from 0.1 to 60; got \"0\"" },
        { ["Fleets:gpus:Dialect=sglang", "Fleets:gpus:Endpoints:0=http://x", "Fleets:gpus:LastFrame=true"], "Fleets:gpus:LastFrame must be false for sglang" },
        { ["Fleets:gpus:Dialect=sglang", "Fleets:gpus:Endpoints:0=http://x", "Fleets:gpus:Draining:0=http://y"], "Fleets:gpus:Draining names http://y/, which is none of Fleets:gpus:Endpoints" },
        { ["Fleets:gpus:Dialect=sglang", "Fleets:gpus:Endpoints:0=http://x", "Fleets:gpus:ApiKeyFile=/nowhere"], "Fleets:gpus:ApiKeyFile must be a file; there is none at \"/nowhere\"" },
        { ["Fleets:gpus:Dialect=sglang", "Fleets:gpus:Endpoints:0=http://x", "Fleets:gpus:Stepz=3"], "Fleets:gpus:Stepz is not a setting" },
        { ["Fleets:GPUs:Dialect=sglang", "Fleets:GPUs:Endpoints:0=http://x"], "Fleets:GPUs: the name of a fleet must have 1 to 32 characters of a to z, 0 to 9 and '-'" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_setting_that_cannot_be_ends_the_start(string[] settings, string problem)
    {
        using var folder = new TemporaryFolder();
        Should.Throw<SettingsException>(() => KinemaServer.Build(new() { DataFolder = folder.FullPath, Settings = settings })).Problems.ShouldHaveSingleItem().ShouldStartWith(problem);
    }

    [Fact]
    public async Task A_run_is_made_by_the_fleet_that_is_bound_to_its_model()
    {
        await using var fake = await FakeServer.StartAsync("vllm-omni");
        await using var server = await TestServer.StartAsync(
        [
            "Fleets:gpus:Dialect=vllm-omni", $"Fleets:gpus:Endpoints:0={fake.Url}", "Fleets:gpus:PollSeconds=0.1", "Fleets:gpus:ApiKey=secret",
            "Engines:Bindings:wan-video/wan2.2/i2v-a14b:0=fleet:gpus", "Outbound:Operator:Allow:0=127.0.0.0/8",
        ]);
        var body = new JsonObject { ["input"] = new JsonObject { ["image_url"] = Samples.DataUri(Samples.Photograph("cat")), ["prompt"] = "a cat", ["resolution"] = "480p", ["num_frames"] = 17 } };

        using var created = await server.Client.PostAsJsonAsync(Runs, body, Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
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
        ((int)video["width"]!, (int)video["height"]!, (bool)video["has_audio"]!).ShouldBe((768, 512, false));
        ((string)run["output"]!["model_data"]!["engine"]!).ShouldBe("fleet:gpus");
        (await fake.RequestsAsync("POST /v1/videos")).ShouldHaveSingleItem()["headers"]!["authorization"]!.ToString().ShouldBe("Bearer secret");
    }
}
