using System.Net;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests;

/// <summary>A server that works, with an engine that takes no time, and one run that it has finished.</summary>
public sealed class WorkingServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public JsonObject Run { get; private set; } = null!;

    public string RunId => Run["id"].Text();

    public Uri VideoUrl => new(Run["output"]!["outputs"]![0]!["url"].Text());

    public async ValueTask InitializeAsync()
    {
        Server = await StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System));
        var id = await CreateAsync(Server);
        Run = await WaitForEndAsync(Server, id);
        Run["status_code"].Text().ShouldBe("succeeded", Run.ToJsonString());
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static Task<TestServer> StartAsync(TestEngine engine, params string[] settings) => TestServer.StartAsync(settings, builder =>
    {
        builder.Services.RemoveAll<IVideoEngine>();
        builder.Services.AddSingleton<IVideoEngine>(engine);
    });

    /// <summary>The body of a run whose picture comes with it.</summary>
    public static JsonObject RunBody()
    {
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = Samples.DataUri(Samples.Photograph("cat"));
        return body;
    }

    public static async Task<string> CreateAsync(TestServer server, JsonObject? body = null)
    {
        var response = await server.Client.PostAsync(SharedServer.RunsPath, Json(body ?? RunBody()), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        return (await response.ReadJsonAsync())["id"].Text();
    }

    /// <summary>A place is freed once the server has noticed that its reader left.</summary>
    public static async Task<HttpStatusCode> WaitUntilStreamsAreFreeAsync(TestServer server, string id)
    {
        while (true)
        {
            using var response = await server.Client.GetAsync($"/v1/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead, Ct);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
                return response.StatusCode;
            await Task.Delay(20, Ct);
        }
    }

    /// <summary>Waits until the run has this many deliveries and all are recorded: a receiver has its request before that.</summary>
    public static async Task WaitUntilDeliveredAsync(TestServer server, string id, CancellationToken ct, int count = 1)
    {
        while (JsonNode.Parse(await server.Client.GetStringAsync($"/v1/runs/{id}/callback", ct))!.AsArray() is var sent
            && (sent.Count < count || sent.Any(delivery => delivery!["status_code"].Text() != "delivered")))
        {
            await Task.Delay(20, ct);
        }
    }

    /// <summary>The record after the run's event stream has ended.</summary>
    public static async Task<JsonObject> WaitForEndAsync(TestServer server, string id)
    {
        await EventReader.ReadAllAsync(server.Client, id, Ct);
        return await (await server.Client.GetAsync($"/v1/runs/{id}", Ct)).ReadJsonAsync();
    }
}
