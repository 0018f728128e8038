using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests;

/// <summary>
/// One server for a class of tests that leave no trace for each other. Its engine is known but it claims no runs, so that a created one stays queued.
/// </summary>
public sealed class SharedServer : IAsyncLifetime
{
    public const string RunsPath = "/v1/models/alibaba/wan/v2.7/image-to-video/runs";

    public TestServer Server { get; private set; } = null!;

    public TestCaller Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartIdleAsync();
        Other = await Server.AddCallerAsync();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static JsonObject RunBody() => new()
    {
        ["input"] = new JsonObject { ["prompt"] = "slow push in", ["duration"] = 2, ["resolution"] = "720p", ["image_url"] = "https://images.example.com/coffee.png" },
    };

    public async Task<JsonObject> CreateRunAsync(JsonObject? body = null)
    {
        var response = await Server.Client.PostAsync(RunsPath, Json(body ?? RunBody()), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        return await response.ReadJsonAsync();
    }
}
