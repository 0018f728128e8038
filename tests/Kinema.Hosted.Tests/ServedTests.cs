using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.Server;
using Kinema.Server.Configuration;
using Kinema.TestSupport;

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

    private static Task<TestServer> StartAsync(string provider, params string[] settings) => TestServer.StartAsync(
    [
        "Hosted:DashScope:ApiKey=sk-x", $"Hosted:DashScope:BaseUrl={provider}", "Hosted:DashScope:PollSeconds=0.1", "Outbound:Operator:Allow:0=127.0.0.0/8",
        "Engines:Bindings:alibaba/wan/v2.7/image-to-video:0=dashscope", .. settings,
    ]);

    private static JsonObject Body(int duration) =>
        new() { ["input"] = new JsonObject { ["image_url"] = "https://pictures.example.com/a.png", ["prompt"] = "a cat", ["resolution"] = "720p", ["duration"] = duration } };
}
