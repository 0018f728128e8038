using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.TestSupport.OpenApi;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.OpenApi;

/// <summary>The comparison that every test client makes finds what differs; otherwise it would prove nothing.</summary>
public sealed class ContractHandlerTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Health = """{"status":"ok"}""";

    [Fact]
    public async Task An_answer_as_described_passes() => (await SendAsync("GET", "/v1/health", HttpStatusCode.OK, Health)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("/v1/health", 200, """{"status":"fine"}""", "/status")]
    [InlineData("/v1/health", 200, """{}""", "status")]
    [InlineData("/v1/health", 200, """{"status":"ok","more":1}""", "/more")]
    [InlineData("/v1/health", 418, Health, "has no answer 418")]
    [InlineData("/v1/nowhere", 200, Health, "has no such operation")]
    [InlineData("/v1/runs/x", 404, """{"code":"ASSET_NOT_FOUND","message":"No.","errors":null}""", "/code")]
    [InlineData("/v1/runs-stats?start=2026-01-01", 200, """{"timeline":[],"by_flow":[],"by_source":[]}""", "end is required")]
    [InlineData("/v1/runs?limit=900", 200, """{"items":[],"first":null,"next":null,"previous":null,"next_pq":null,"prev_pq":null}""", "limit does not fit")]
    public async Task An_answer_that_differs_fails(string path, int status, string answer, string problem) =>
        (await Should.ThrowAsync<ContractException>(() => SendAsync("GET", path, (HttpStatusCode)status, answer))).Message.ShouldContain(problem);

    [Fact]
    public async Task An_answer_of_another_type_fails() =>
        (await Should.ThrowAsync<ContractException>(() => SendAsync("GET", "/v1/health", HttpStatusCode.OK, Health, type: "text/plain"))).Message.ShouldContain("text/plain");

    [Theory]
    [InlineData("Link", "<x>; rel=\"next\"", "getHealth has no header Link")]
    [InlineData("X-RateLimit-Limit", "60", "getHealth has no header X-RateLimit-Limit")]
    [InlineData("Runflow-Request-Id", "7", "Runflow-Request-Id does not fit")]
    [InlineData("Runflow-Request-Id", null, "the answer has no Runflow-Request-Id")]
    public async Task An_answer_with_other_headers_fails(string name, string? value, string problem) =>
        (await Should.ThrowAsync<ContractException>(() => SendAsync("GET", "/v1/health", HttpStatusCode.OK, Health, headers: answer =>
        {
            answer.Remove(name);
            if (value is not null)
                answer.Add(name, value);
        }))).Message.ShouldContain(problem);

    [Fact]
    public async Task An_accepted_request_that_differs_fails()
    {
        var run = (await shared.CreateRunAsync()).ToJsonString();
        var body = SharedServer.RunBody();
        (await SendAsync("POST", SharedServer.RunsPath, HttpStatusCode.Created, run, body)).StatusCode.ShouldBe(HttpStatusCode.Created);

        body["input"]!["duration"] = 16;
        (await Should.ThrowAsync<ContractException>(() => SendAsync("POST", SharedServer.RunsPath, HttpStatusCode.Created, run, body))).Message.ShouldContain("/input/duration");
        (await Should.ThrowAsync<ContractException>(() => SendAsync("POST", SharedServer.RunsPath, HttpStatusCode.Created, run))).Message.ShouldContain("no body");
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, HttpStatusCode status, string answer, JsonObject? body = null, string type = "application/json", Action<HttpResponseHeaders>? headers = null)
    {
        var contract = await ApiContract.OfAsync(shared.Server.Services);
        using var client = new HttpClient(new ContractHandler(contract, new Answer(status, answer, type, headers))) { BaseAddress = shared.Server.Url };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : Json(body) };
        return await client.SendAsync(request, Ct);
    }

    private sealed class Answer(HttpStatusCode status, string text, string type, Action<HttpResponseHeaders>? headers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, type), Headers = { { "Runflow-Request-Id", "019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f" } } };
            headers?.Invoke(response.Headers);
            return Task.FromResult(response);
        }
    }
}
