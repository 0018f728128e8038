using System.Net;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>An open Wan model, and the contract's model on the same engine: what reaches the engine, what is refused before, what the record says.</summary>
public sealed class OpenWanRunTests : IAsyncLifetime
{
    private const string Open = "wan-video/wan2.2/i2v-a14b";
    private const string Contract = "alibaba/wan/v2.7/image-to-video";

    private static readonly EngineDescriptor _wan = new()
    {
        Id = "wan-i2v-a14b",
        Version = "test",
        DisplayName = "Wan",
        Models = [Open],
        MediaRoles = [MediaRole.FirstFrame, MediaRole.LastFrame],
        MediaCombinations = [[MediaRole.FirstFrame], [MediaRole.FirstFrame, MediaRole.LastFrame]],
        Resolutions = [VideoResolution.Sd480, VideoResolution.Hd720],
        MinDurationSeconds = 1,
        MaxDurationSeconds = 5,
        Settings = ["num_frames", "num_inference_steps", "guidance_scale", "guidance_scale_2", "flow_shift", "scheduler", "loras"],
        SettingValues = new Dictionary<string, IReadOnlyList<string>> { ["loras"] = ["film"] },
    };

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System) { Descriptor = _wan }, $"Engines:Bindings:{Contract}:0=wan-i2v-a14b");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Settings_are_stored_with_the_run_and_the_record_names_the_engine()
    {
        var input = new JsonObject
        {
            ["prompt"] = "a storm",
            ["image_url"] = Samples.DataUri(Samples.Photograph("cat")),
            ["num_frames"] = 17,
            ["guidance_scale"] = 3.50m,
            ["loras"] = new JsonArray("film"),
        };
        using var created = await PostAsync($"/v1/models/{Open}/runs", input);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
        var run = await WorkingServer.WaitForEndAsync(_server, (await created.ReadJsonAsync())["id"].Text());

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["cost"].Text().ShouldBe("0.00");
        run["output"]!["model_data"]!["engine"].Text().ShouldBe("wan-i2v-a14b");
        run["output"]!["model_data"]!["negative_prompt"].Text().ShouldStartWith("色调艳丽");
        run["output"]!["outputs"]![0]!["duration"]!.GetValue<double>().ShouldBe(1);
    }

    /// <summary>Off without a wish, as in the reference programs: what was measured beside them stays true.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_prompt_is_expanded_where_the_caller_wants_it(bool? wanted)
    {
        const string asked = "a cat turns its head";
        var input = new JsonObject { ["prompt"] = asked, ["image_url"] = Samples.DataUri(Samples.Photograph("cat")), ["num_frames"] = 17 };
        if (wanted is { } value)
            input["enable_prompt_expansion"] = value;
        using var created = await PostAsync($"/v1/models/{Open}/runs", input);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
        var run = await WorkingServer.WaitForEndAsync(_server, (await created.ReadJsonAsync())["id"].Text());

        var data = run["output"]!["model_data"]!;
        if (wanted == true)
        {
            data["actual_prompt"].Text().ShouldStartWith($"{asked}. ");
            data["prompt_expansion"]!["by"].Text().ShouldBe("rules");
        }
        else
        {
            data["actual_prompt"].Text().ShouldBe(asked);
            data["prompt_expansion"].ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(Open, "loras", "[\"film\",\"noir\"]", "input.loras must be of \"film\", which this server offers; got \"noir\"")]
    [InlineData(Contract, "resolution", "\"1080p\"", "input: the resolution 1080p is not served by the engine 'wan-i2v-a14b', which makes 480p and 720p")]
    [InlineData(Contract, "duration", "15", "input: duration must be from 1 to 5 seconds for the engine 'wan-i2v-a14b'")]
    [InlineData(Contract, "audio_url", "\"https://example.com/a.wav\"", "input.audio_url is not served by the engine bound here")]
    public async Task What_the_engine_does_not_do_is_refused_at_create_with_the_reason(string model, string field, string value, string message)
    {
        var input = new JsonObject { ["image_url"] = Samples.DataUri(Samples.Photograph("cat")), ["resolution"] = "720p", [field] = JsonNode.Parse(value) };

        foreach (var path in new[] { "runs", "estimates" })
        {
            using var refused = await PostAsync($"/v1/models/{model}/{path}", input.DeepClone().AsObject());
            var error = await refused.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
            error["errors"]![0]!["msg"].Text().ShouldBe(message);
            error["errors"]![0]!["type"].Text().ShouldBe("not_served");
        }
    }

    [Fact]
    public async Task A_model_whose_weights_no_worker_has_is_unavailable_and_says_what_it_needs()
    {
        using var refused = await PostAsync("/v1/models/wan-video/wan2.2/ti2v-5b/runs", new() { ["image_url"] = "https://example.com/a.png" });
        var error = await refused.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "MODEL_UNAVAILABLE");

        error["message"].Text().ShouldBe("No worker serves the engine bound here (wan-ti2v-5b). It needs a Wan worker with the weights of Wan 2.2 TI2V-5B.");
        var models = await (await _server.Client.GetAsync("/v1/models?fields=slug,availability_status", Ct)).ReadJsonAsync();
        models["items"]!.AsArray().Where(model => model!["availability_status"].Text() == "available").Select(model => model!["slug"].Text()).ShouldBe([Contract, Open]);
        (await _server.Client.GetStringAsync("/models/wan-video/wan2.2/ti2v-5b", Ct)).ShouldContain("<a href=\"/docs/engines/wan\">How to serve it</a>");
    }

    private Task<HttpResponseMessage> PostAsync(string path, JsonObject input) => _server.Client.PostAsync(path, Json(new JsonObject { ["input"] = input }), Ct);
}
