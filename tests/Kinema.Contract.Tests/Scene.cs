using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Contract.Tests;

/// <summary>A live server with a quick engine, somebody's pictures and somebody's callback receiver.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public required TestServer Server { get; init; }

    public required FileServer Files { get; init; }

    public required CallbackReceiver Receiver { get; init; }

    public static async Task<Scene> StartAsync(params IEnumerable<CallbackAnswer> script) => new()
    {
        Server = await TestServer.StartAsync(configure: builder =>
        {
            builder.Services.RemoveAll<IVideoEngine>();
            builder.Services.AddSingleton<IVideoEngine>(new TestEngine(TimeSpan.Zero, TimeProvider.System));
        }),
        Files = await FileServer.StartAsync(),
        Receiver = await CallbackReceiver.StartAsync(script),
    };

    public async Task<string> CreateSecretAsync(CancellationToken ct) => (await NewSecretAsync(ct)).Text;

    public async Task<(string Id, string Text)> NewSecretAsync(CancellationToken ct)
    {
        using var response = await Server.Client.PostAsJsonAsync("/v1/callback-secrets", new { }, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var secret = (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!;
        return (secret["id"]!.GetValue<string>(), secret["plain_secret"]!.GetValue<string>());
    }

    public async Task<string> CreateRunAsync(CancellationToken ct, string metadata = "null")
    {
        var body = $$"""
            {"input":{"image_url":"{{Files.For(Samples.Photograph("coffee"))}}","duration":2},"callback_url":"{{Receiver.Url}}","metadata":{{metadata}}}
            """;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Server.Client.PostAsync("/v1/models/alibaba/wan/v2.7/image-to-video/runs", content, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(ct));
        return (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!["id"]!.GetValue<string>();
    }

    public async Task<ReceivedCallback> RunToCallbackAsync(CancellationToken ct, string metadata = "null")
    {
        await CreateRunAsync(ct, metadata);
        return await Receiver.NextAsync(ct);
    }

    /// <summary>The run's one delivery, once it is delivered or given up.</summary>
    public async Task<JsonObject> SettledDeliveryAsync(string runId, CancellationToken ct)
    {
        while (true)
        {
            var deliveries = (await Server.Client.GetFromJsonAsync<JsonArray>($"/v1/runs/{runId}/callback", ct))!;
            if (deliveries.Count > 0 && deliveries[0]!["status_code"]!.GetValue<string>() != "pending")
                return deliveries[0]!.AsObject();
            await Task.Delay(50, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Files.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
