using System.Net;
using Kinema.Server.Tests.Idempotency;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Models;

public sealed class EstimateTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string EstimatesPath = "/v1/models/alibaba/wan/v2.7/image-to-video/estimates";

    private HttpClient Client => shared.Server.Client;

    [Fact]
    public async Task An_estimate_names_cost_engine_defaults_and_what_was_not_looked_at_and_stores_nothing()
    {
        var body = SharedServer.RunBody();
        body["colour"] = "blue";
        var before = await (await Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync();

        var response = await Client.PostAsync(EstimatesPath, Json(body), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var estimate = await response.ReadJsonAsync();
        estimate["cost"].Text().ShouldBe("0.20");
        estimate["cost_breakdown"]!.ToJsonString().ShouldBe("""{"unit":"second","unit_price":"0.10","quantity":2}""");
        estimate["engine"].Text().ShouldBe("motion");
        estimate["engine_version"].Text().ShouldBe("test");
        estimate["input"]!["enable_safety_checker"]!.GetValue<bool>().ShouldBeTrue();
        estimate["input"]!.AsObject().ContainsKey("seed").ShouldBeFalse();
        estimate["notes"]!.AsArray().ShouldHaveSingleItem().Text().ShouldContain("input.image_url was not fetched");
        estimate["warnings"]![0]!["loc"]![1].Text().ShouldBe("colour");
        (await (await Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync()).ToJsonString().ShouldBe(before.ToJsonString());
    }

    [Theory]
    [InlineData("""{"input":{"image_url":"https://images.example.com/a.png","duration":99}}""")]
    [InlineData("""{"input":{"image_url":"http://10.0.0.1/a.png"}}""")]
    [InlineData("""{"input":{"video_url":"https://images.example.com/a.mp4"}}""")]
    [InlineData("""{"input":{"image_url":"runflow://assets/019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f"}}""")]
    [InlineData("""{"input":{"image_url":"https://images.example.com/a.png"},"callback_url":"http://10.0.0.1/"}""")]
    [InlineData("""{"input":""")]
    public async Task What_a_create_refuses_an_estimate_refuses_in_the_same_words(string body)
    {
        var created = await Client.PostAsync(SharedServer.RunsPath, Json(body), Ct);
        var estimated = await Client.PostAsync(EstimatesPath, Json(body), Ct);

        created.IsSuccessStatusCode.ShouldBeFalse();
        estimated.StatusCode.ShouldBe(created.StatusCode);
        (await estimated.ReadJsonAsync()).ToJsonString().ShouldBe((await created.ReadJsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task Without_measured_runs_the_wait_is_null()
    {
        var estimate = await (await Client.PostAsync(EstimatesPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();

        estimate["expected_wait_ms"].ShouldBeNull();
        estimate["expected_duration_ms"].ShouldBeNull();
        estimate["measured_runs"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Measured_runs_give_a_wait_and_a_duration()
    {
        await using var server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        for (var i = 0; i < 5; i++)
            (await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server)))["status_code"].Text().ShouldBe("succeeded");

        var estimate = await (await server.Client.PostAsync(EstimatesPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();

        estimate["measured_runs"]!.GetValue<int>().ShouldBe(5);
        estimate["queue_position"]!.GetValue<int>().ShouldBe(1);
        estimate["expected_wait_ms"]!.GetValue<long>().ShouldBe(0);
        estimate["expected_duration_ms"]!.GetValue<long>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_unknown_model_is_404_and_a_get_says_what_is_allowed()
    {
        await (await Client.PostAsync("/v1/models/alibaba/wan/v9/estimates", Json(SharedServer.RunBody()), Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "MODEL_NOT_FOUND");
        var read = await Client.GetAsync(EstimatesPath, Ct);
        await read.ShouldBeErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        read.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task A_key_on_an_estimate_is_ignored()
    {
        foreach (var duration in new[] { 2, 3 })
        {
            var body = SharedServer.RunBody();
            body["input"]!["duration"] = duration;
            var estimate = await (await Client.PostAsync("same", EstimatesPath, body.ToJsonString())).ReadJsonAsync();
            estimate["cost"].Text().ShouldBe($"0.{duration}0");
        }
    }
}
