using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Idempotency;

/// <summary>Sends requests with a key.</summary>
internal static class RepeatedRequests
{
    public static async Task<HttpResponseMessage> PostAsync(this HttpClient client, string key, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, Ct);
    }

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string key, string path, string body = "{}") => client.PostAsync(key, path, Json(body));

    public static async Task<JsonObject> ShouldReplayAsync(this HttpResponseMessage response, JsonObject first)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        response.IsReplayed().ShouldBeTrue();
        var again = await response.ReadJsonAsync();
        again.ToJsonString().ShouldBe(first.ToJsonString());
        return again;
    }

    public static bool IsReplayed(this HttpResponseMessage response) => response.Headers.Contains("Idempotency-Replayed");

    public static async Task<int> CountRunsAsync(this TestServer server) =>
        (await (await server.Client.GetAsync("/v1/runs?limit=500", Ct)).ReadJsonAsync())["items"]!.AsArray().Count;
}
