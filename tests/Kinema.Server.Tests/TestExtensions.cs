using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Tests;

internal static class TestExtensions
{
    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static T GetOptions<T>(this IServiceProvider services)
        where T : class => services.GetRequiredService<IOptions<T>>().Value;

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static StringContent Json(JsonNode node) => Json(node.ToJsonString());

    public static async Task<JsonObject> ReadJsonAsync(this HttpResponseMessage response)
    {
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
    }

    /// <summary>The answer has this status, this code, a message, the three members of the envelope and a request id.</summary>
    public static async Task<JsonObject> ShouldBeErrorAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.StatusCode.ShouldBe(status, text);
        var body = await response.ReadJsonAsync();
        body.Select(m => m.Key).ShouldBe(["code", "message", "errors"]);
        body["code"]!.GetValue<string>().ShouldBe(code);
        body["message"]!.GetValue<string>().ShouldNotBeEmpty();
        Guid.Parse(response.Headers.GetValues("Runflow-Request-Id").Single()).Version.ShouldBe(7);
        return body;
    }

    public static string Text(this JsonNode? node) => node!.GetValue<string>();
}
