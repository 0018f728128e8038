using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

/// <summary>Requests that are right by their standard, though few clients send them, and what the answers look like.</summary>
public sealed partial class ValidRequestTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Model = "/v1/models/alibaba/wan/v2.7/image-to-video";

    private HttpClient Client => shared.Server.Client;

    [Theory]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/vnd.api+json")]
    public async Task The_charset_may_be_quoted_and_the_type_any_JSON(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(SharedServer.RunBody().ToJsonString()));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await Client.PostAsync(SharedServer.RunsPath, content, Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(SharedServer.RunsPath, HttpStatusCode.Created)]
    [InlineData("/v1/callback-secrets", HttpStatusCode.Created)]
    public async Task A_body_may_begin_with_a_byte_order_mark(string path, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(SharedServer.RunBody().ToJsonString())]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await Client.PostAsync(path, content, Ct)).StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("/v1/models/alibaba%2Fwan%2Fv2.7%2Fimage-to-video")]
    [InlineData("/v1/models/alibaba/wan%2fv2.7%2fimage-to-video")]
    public async Task A_model_id_may_have_its_slashes_escaped(string path)
    {
        (await (await Client.GetAsync(path, Ct)).ReadJsonAsync())["slug"].Text().ShouldBe("alibaba/wan/v2.7/image-to-video");
        (await Client.PostAsync(path + "/runs", Json(SharedServer.RunBody()), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task HEAD_answers_what_GET_answers_without_the_body()
    {
        var run = await shared.CreateRunAsync();
        var paths = new[] { "/v1/runs", $"/v1/runs/{run["id"].Text()}", $"/v1/runs/{run["id"].Text()}/logs", "/v1/runs/statuses", "/v1/models", Model, "/v1/auth/me", "/v1/api-keys", "/v1/health" };
        foreach (var path in paths)
        {
            var get = await Client.GetAsync(path, Ct);
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            var head = await Client.SendAsync(request, Ct);
            head.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType, path);
            head.Content.Headers.ContentLength.ShouldBe(get.Content.Headers.ContentLength, path);
            (await head.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty();
        }

        using var missing = new HttpRequestMessage(HttpMethod.Head, $"/v1/runs/{Guid.CreateVersion7()}");
        (await Client.SendAsync(missing, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task HEAD_of_an_event_stream_ends_at_once()
    {
        var run = await shared.CreateRunAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/v1/runs/{run["id"].Text()}/events");
        var head = await Client.SendAsync(request, Ct);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
    }

    [Fact]
    public void Every_route_with_GET_has_HEAD()
    {
        var methods = shared.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            .Where(methods => methods.Contains("GET"))
            .ToList();
        methods.Count.ShouldBeGreaterThan(15);
        methods.ShouldAllBe(m => m.Contains("HEAD"));
    }

    [Theory]
    [InlineData("duration", "\"5\"", "write 5 without quotes")]
    [InlineData("seed", "\" 7\"", "write 7 without quotes")]
    [InlineData("enable_safety_checker", "\"True\"", "write true without quotes")]
    public async Task A_number_or_a_flag_in_quotes_is_refused_with_the_right_spelling(string field, string value, string advice)
    {
        var body = SharedServer.RunBody();
        body["input"]![field] = JsonNode.Parse(value);
        var error = await (await Client.PostAsync(SharedServer.RunsPath, Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["message"].Text().ShouldEndWith(advice);

        var upload = await Client.PostAsync("/v1/asset-uploads", Json("""{"filename":"a","mime_type":"image/png","size_bytes":"12"}"""), Ct);
        (await upload.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR"))["message"].Text().ShouldEndWith("write 12 without quotes");
    }

    [Fact]
    public async Task An_unknown_member_of_a_create_is_named_in_the_answer_and_in_the_log_and_in_no_later_answer()
    {
        var body = SharedServer.RunBody();
        body["callback_uri"] = "https://example.com/hook";
        body["sync"] = true;
        var run = await shared.CreateRunAsync(body);

        var warnings = run["warnings"]!.AsArray();
        warnings.Select(w => w!["loc"]!.AsArray()[^1].Text()).ShouldBe(["callback_uri", "sync"]);
        warnings[0]!["msg"].Text().ShouldEndWith("did you mean callback_url?");
        warnings.ShouldAllBe(w => w!["type"].Text() == "unknown_field");

        var logs = await (await Client.GetAsync($"/v1/runs/{run["id"].Text()}/logs", Ct)).ReadJsonAsync();
        logs["items"]!.AsArray().Select(line => line!["message"].Text()).ShouldBe(warnings.Select(w => w!["msg"].Text()));
        (await (await Client.GetAsync($"/v1/runs/{run["id"].Text()}", Ct)).ReadJsonAsync()).ContainsKey("warnings").ShouldBeFalse();
        (await shared.CreateRunAsync()).ContainsKey("warnings").ShouldBeFalse();
    }

    [Theory]
    [InlineData("POST", "/v1/evaluations")]
    [InlineData("GET", "/v1/evaluations/job-classes")]
    [InlineData("PATCH", "/v1/evaluations/019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f/feedback")]
    [InlineData("GET", "/v1/comfyui-workflows?q=slug.eq:'a'&limit=1")]
    [InlineData("POST", "/v1/comfyui-workflows/owner/slug/runs")]
    [InlineData("DELETE", "/v1/comfyui-workflows/1")]
    public async Task What_Kinema_does_not_do_is_501_with_a_sentence(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        (await (await Client.SendAsync(request, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotImplemented, "NOT_SUPPORTED"))["message"].Text().ShouldStartWith("Kinema does not ");
    }

    [Fact]
    public async Task Text_in_errors_stands_as_it_is_and_no_answer_can_be_taken_for_a_page()
    {
        const string odd = "it's <b>é中</b>&";
        var body = SharedServer.RunBody();
        body["input"]!["resolution"] = odd;
        var response = await Client.PostAsync(SharedServer.RunsPath, Json(body), Ct);
        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain(odd);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");

        var key = await Client.PostAsync("/v1/api-keys", Json(new JsonObject { ["name"] = odd }), Ct);
        (await key.Content.ReadAsStringAsync(Ct)).ShouldContain(odd);
    }

    [Fact]
    public async Task Every_time_of_every_record_has_milliseconds_and_Z()
    {
        await shared.CreateRunAsync();
        await Client.PostAsync("/v1/callback-secrets", Json("{}"), Ct);
        await Client.PostAsync("/v1/api-keys", Json("""{"name":"a","expires_at":"2099-01-01T00:00:00+02:00"}"""), Ct);
        var upload = await (await Client.PostAsync("/v1/asset-uploads", Json("""{"filename":"a.png","mime_type":"image/png","size_bytes":9}"""), Ct)).ReadJsonAsync();
        var checkedTimes = 0;
        foreach (var path in new[] { "/v1/runs", "/v1/models", "/v1/callback-secrets", "/v1/api-keys", $"/v1/assets/{upload["asset_id"].Text()}" })
        {
            foreach (var (name, value) in Times(await (await Client.GetAsync(path, Ct)).ReadJsonAsync()))
            {
                value.ShouldMatch(RecordTime.ToString(), $"{path} {name}");
                checkedTimes++;
            }
        }

        checkedTimes.ShouldBeGreaterThan(15);
    }

    private static IEnumerable<(string Name, string Value)> Times(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Value is JsonValue value && (m.Key.EndsWith("_at", StringComparison.Ordinal) || m.Key == "timestamp")
            ? [(m.Key, value.ToString())]
            : Times(m.Value)),
        JsonArray items => items.SelectMany(Times),
        _ => [],
    };

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z")]
    private static partial Regex RecordTime { get; }
}
