using System.Net;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class CreateRunTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Client => shared.Server.Client;

    [Fact]
    public async Task Creating_a_run_returns_its_record_its_location_and_the_request_id()
    {
        var body = SharedServer.RunBody();
        body["client_ref"] = "order-42";
        var response = await Client.PostAsync(SharedServer.RunsPath, Json(body), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var run = await response.ReadJsonAsync();
        var id = Guid.Parse(run["id"].Text());
        id.Version.ShouldBe(7);
        run["status_code"].Text().ShouldBe("queued");
        run["source_code"].Text().ShouldBe("api");
        run["client_ref"].Text().ShouldBe("order-42");
        run["org_id"].Text().ShouldBe(shared.Server.Caller.OrgId.ToString());
        run["request_id"].Text().ShouldBe(response.Headers.GetValues("Runflow-Request-Id").Single());
        response.Headers.Location.ShouldBe(new Uri(shared.Server.Url, $"v1/runs/{id}"));

        var read = await (await Client.GetAsync(response.Headers.Location, Ct)).ReadJsonAsync();
        read["queue_position"]!.GetValue<int>().ShouldBeGreaterThan(0); // only the record of one run has it
        read["queue_position"] = null;
        JsonNode.DeepEquals(read, run).ShouldBeTrue(read.ToJsonString());
    }

    [Theory]
    [InlineData("cli", "cli")]
    [InlineData("Playground", "playground")]
    [InlineData("batch", "api")]
    [InlineData("<script>", "api")]
    public async Task The_record_states_a_known_source_of_the_request(string said, string recorded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, SharedServer.RunsPath) { Content = Json(SharedServer.RunBody()) };
        request.Headers.Add("Kinema-Source", said);

        (await (await Client.SendAsync(request, Ct)).ReadJsonAsync())["source_code"].Text().ShouldBe(recorded);
    }

    [Fact]
    public async Task Metadata_is_echoed_character_for_character()
    {
        const string metadata = """{ "b":1.50, "a":[1e2,"\u00e9"],  "deep":{"x":null} }""";
        var text = SharedServer.RunBody().ToJsonString().TrimEnd('}') + "}," + $"\"metadata\":{metadata},\"client_ref\":null}}";
        var response = await Client.PostAsync(SharedServer.RunsPath, Json(text), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain($"\"metadata\":{metadata}");
    }

    [Fact]
    public async Task An_unknown_model_is_404() =>
        await (await Client.PostAsync("/v1/models/alibaba/wan/v9/runs", Json(SharedServer.RunBody()), Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "MODEL_NOT_FOUND");

    [Theory]
    [InlineData("duration", "\"5\"")]
    [InlineData("duration", "16")]
    [InlineData("duration", "2.5")]
    [InlineData("resolution", "\"4k\"")]
    [InlineData("image_url", "\"ftp://example.com/a.png\"")]
    [InlineData("image_url", "\"data:image/png;base64,????\"")]
    [InlineData("image_url", "\"data:image/png;base64,aGVsbG8=\"")]
    [InlineData("image_url", "\"runflow://assets/019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f\"")]
    [InlineData("image_url", "\"http://169.254.169.254/latest\"")]
    [InlineData("image_url", "\"http://10.0.0.1/a.png\"")]
    [InlineData("end_image_url", "\"https://example.com/b.png\"")]
    [InlineData("promt", "\"x\"")]
    public async Task A_wrong_input_is_refused_by_its_field_and_nothing_is_stored(string field, string value)
    {
        var before = await CountAsync();
        var body = SharedServer.RunBody();
        body["input"]![field] = JsonNode.Parse(value);
        var error = await (await Client.PostAsync(SharedServer.RunsPath, Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]!.AsArray().ShouldContain(e => e!["loc"]!.AsArray().Count == 3 && e["loc"]![2].Text() == field, error.ToJsonString());
        (await CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("callback_url", "\"http://10.0.0.1/hook\"")]
    [InlineData("callback_url", "\"nonsense\"")]
    [InlineData("metadata", "[]")]
    [InlineData("client_ref", "7")]
    [InlineData("input", "[]")]
    public async Task A_wrong_field_beside_the_input_is_refused_by_its_name(string field, string value)
    {
        var body = SharedServer.RunBody();
        body[field] = JsonNode.Parse(value);
        var error = await (await Client.PostAsync(SharedServer.RunsPath, Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["loc"]!.AsArray().Select(s => s.Text()).ShouldBe(["body", field]);
    }

    [Fact]
    public async Task A_photograph_given_inline_becomes_an_asset_of_its_own()
    {
        var run = await shared.CreateRunAsync(WorkingServer.RunBody());
        var reference = run["input"]!["image_url"].Text();
        reference.ShouldStartWith("runflow://assets/");
        var asset = await (await Client.GetAsync($"/v1/assets/{reference["runflow://assets/".Length..]}", Ct)).ReadJsonAsync();
        asset["source_type"].Text().ShouldBe("inline");
        asset["mime_type"].Text().ShouldBe("image/png");
        asset["size_bytes"]!.GetValue<long>().ShouldBe(new FileInfo(Samples.Photograph("cat")).Length);

        await (await shared.Other.Client.PostAsync(SharedServer.RunsPath, Json(With(reference)), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        (await Client.PostAsync(SharedServer.RunsPath, Json(With(reference)), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.PostAsync(SharedServer.RunsPath, Json(With(asset["url"].Text())), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await shared.Other.Client.PostAsync(SharedServer.RunsPath, Json(With(asset["url"].Text())), Ct))
            .ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_tampered_signed_URL_of_this_server_is_refused()
    {
        var url = shared.Server.Services.GetRequiredService<Core.Artifacts.ISignedUrls>().ForAsset(shared.Server.Caller.OrgId, Guid.CreateVersion7());
        await (await Client.PostAsync(SharedServer.RunsPath, Json(With(url.AbsoluteUri + "A")), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("!")]
    [InlineData("=")]
    [InlineData("%20")]
    [InlineData("%2B")]
    [InlineData("%00")]
    [InlineData("%C3%A9")]
    [InlineData("%")]
    public async Task A_signed_address_of_ours_with_a_damaged_signature_is_refused_as_an_input_too(string damage)
    {
        var url = shared.Server.Services.GetRequiredService<Core.Artifacts.ISignedUrls>().ForAsset(shared.Server.Caller.OrgId, Guid.CreateVersion7()).AbsoluteUri;
        var start = url.IndexOf("signature=", StringComparison.Ordinal) + "signature=".Length;

        foreach (var at in new[] { start, start + 20, url.Length - 1 })
        {
            var damaged = string.Concat(url.AsSpan(0, at), damage, url.AsSpan(at + 1));
            using var anybody = shared.Server.CreateClient();
            await (await anybody.GetAsync(damaged, Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_INVALID");
            var refused = await (await Client.PostAsync(SharedServer.RunsPath, Json(With(damaged)), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
            refused["message"].Text().ShouldContain("expired or was changed");
        }
    }

    [Fact]
    public async Task A_full_share_of_the_queue_is_429_and_a_full_queue_503()
    {
        await using var server = await TestServer.StartIdleAsync(["Runs:MaxQueuedPerOrganization=1", "Runs:MaxQueued=2"]);
        var other = await server.AddCallerAsync();
        (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var refused = await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct);
        await refused.ShouldBeErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await other.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await other.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "QUEUE_FULL");
    }

    [Fact]
    public async Task No_run_is_accepted_below_the_free_disk_minimum()
    {
        await using var server = await TestServer.StartIdleAsync([$"Server:MinFreeBytes={long.MaxValue}"]);
        await (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "STORAGE_FULL");
        (await server.Services.GetRequiredService<IRunLedger>().ReadQueueDepthAsync(Ct)).Queued.ShouldBe(0);
    }

    [Fact]
    public async Task Absolute_URLs_use_the_public_base_address()
    {
        await using var server = await TestServer.StartIdleAsync(["Server:PublicBaseUrl=https://video.example.com/kinema/"]);
        var created = await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct);
        created.Headers.Location!.AbsoluteUri.ShouldStartWith("https://video.example.com/kinema/v1/runs/");
        var upload = await server.Client.PostAsync("/v1/asset-uploads", Json("""{"filename":"a.png","mime_type":"image/png","size_bytes":9}"""), Ct);
        (await upload.ReadJsonAsync())["upload_url"].Text().ShouldStartWith("https://video.example.com/kinema/v1/files/uploads/");
    }

    private static JsonObject With(string imageUrl)
    {
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = imageUrl;
        return body;
    }

    private async Task<int> CountAsync() => (await shared.Server.Services.GetRequiredService<IRunLedger>().ReadQueueDepthAsync(Ct)).Queued;
}
