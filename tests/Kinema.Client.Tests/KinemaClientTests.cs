using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Kinema.Client.Tests;

public sealed class KinemaClientTests : IAsyncLifetime
{
    private const string Id = "019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f";
    private const string Model = "alibaba/wan/v2.7/image-to-video";
    private const string Running = $$"""{"id":"{{Id}}","status_code":"running"}""";
    private const string Succeeded = $$$"""{"id":"{{{Id}}}","status_code":"succeeded","cost":"0.50","duration_ms":1234,"output":{"outputs":[{"url":"http://x/y.mp4","type":"video","width":1920,"duration":5.0}],"seed":7,"model_data":{"engine":"motion"}},"something_new":{"a":1}}""";
    private static readonly Guid _id = Guid.Parse(Id);

    private ScriptedServer _server = null!;
    private HttpClient _http = null!;
    private KinemaClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _server.Url };
        _client = new KinemaClient(_http, new() { ApiKey = "rf_live_key" });
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_creation_of_a_run_sends_the_source()
    {
        _server.On($"POST /v1/models/{Model}/runs", 201, Running).On($"GET /v1/runs/{Id}", 200, Succeeded).On($"POST /v1/runs/{Id}/cancellation", 200, Succeeded);
        var client = new KinemaClient(_http, new() { Source = "cli" });

        await client.CreateRunAsync(Model, new ImageToVideoInput { ImageUrl = "http://a/b.jpg" }, cancellationToken: Ct);
        await client.GetRunAsync(_id, Ct);
        await client.CancelRunAsync(_id, cancellationToken: Ct);

        _server.Seen.Select(seen => seen.Source).ShouldBe(["cli", "", ""]);
    }

    [Fact]
    public async Task A_run_is_created_with_wire_names_and_without_absent_fields()
    {
        _server.On($"POST /v1/models/{Model}/runs", 201, Running);

        var run = await _client.CreateRunAsync(
            Model,
            new ImageToVideoInput { Prompt = "a", ImageUrl = "runflow://assets/1", Duration = 5, EnableSafetyChecker = false },
            new RunOptions { CallbackUrl = "http://a/b", Metadata = new JsonObject { ["Order"] = 42 } },
            Ct);

        run.Id.ShouldBe(_id);
        var seen = _server.Seen.ShouldHaveSingleItem();
        seen.Authorization.ShouldBe("Bearer rf_live_key");
        JsonNode.DeepEquals(
            JsonNode.Parse(seen.Body),
            JsonNode.Parse("""{"input":{"prompt":"a","image_url":"runflow://assets/1","duration":5,"enable_safety_checker":false},"callback_url":"http://a/b","metadata":{"Order":42}}""")).ShouldBeTrue(seen.Body);
    }

    [Fact]
    public async Task A_record_is_read_and_its_unknown_fields_are_ignored()
    {
        _server.On($"GET /v1/runs/{Id}", 200, Succeeded);

        var run = await _client.GetRunAsync(_id, Ct);

        run.IsTerminal.ShouldBeTrue();
        run.Cost.ShouldBe(0.50m);
        run.Output!.Seed.ShouldBe(7);
        run.Output.Outputs[0].Width.ShouldBe(1920);
        run.Output.ModelData!.Value.GetProperty("engine").GetString().ShouldBe("motion");
    }

    [Fact]
    public async Task A_list_sends_its_cursor_and_filter_escaped()
    {
        _server.On("GET /v1/runs", 200, $$"""{"items":[{{Running}}],"first":"f","next":"n","previous":null}""");

        var page = await _client.ListRunsAsync(new() { PageSize = 10, Cursor = "a+b", Filter = "client_ref.EQ:'x y'", SortBy = "cost:desc" }).GetPageAsync(Ct);

        page.Items.ShouldHaveSingleItem().Status.ShouldBe("running");
        page.Next.ShouldBe("n");
        _server.Seen[0].Path.ShouldBe("/v1/runs?q=client_ref.EQ%3A%27x%20y%27&sort_by=cost%3Adesc&limit=10&pq=a%2Bb");
    }

    [Fact]
    public async Task A_list_is_enumerated_page_after_page_and_no_further_than_asked()
    {
        _server.On("GET /v1/runs", 200, $$"""{"items":[{{Running}},{{Running}}],"next":"n"}""");
        _server.On("GET /v1/runs", 200, $$"""{"items":[{{Succeeded}}],"next":null,"warnings":["The page examined its bound."]}""");

        (await _client.ListRunsAsync(new() { SortBy = "cost" }).ToListAsync(Ct)).Select(run => run.Status).ShouldBe(["running", "running", "succeeded"]);
        _server.Seen.Select(seen => seen.Path).ShouldBe(["/v1/runs?sort_by=cost", "/v1/runs?sort_by=cost&pq=n"]);
        (await _client.ListRunsAsync().GetPageAsync(Ct)).Warnings.ShouldHaveSingleItem();
        await _client.ListRunsAsync().FirstAsync(Ct);
        _server.Seen.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_cancellation_carries_its_reason()
    {
        _server.On($"POST /v1/runs/{Id}/cancellation", 201, Running);

        await _client.CancelRunAsync(_id, "changed my mind", Ct);

        _server.Seen[0].Body.ShouldBe("""{"reason":"changed my mind"}""");
    }

    [Fact]
    public async Task An_error_carries_status_code_fields_and_request_id()
    {
        _server.On($"POST /v1/models/{Model}/runs", 422, """{"code":"VALIDATION_ERROR","message":"The input is not valid.","errors":[{"loc":["body","input","duration"],"msg":"input.duration must be ...","type":"out_of_range"}]}""");

        var error = await Should.ThrowAsync<KinemaException>(() => _client.CreateRunAsync(Model, new JsonObject(), cancellationToken: Ct));

        error.HttpStatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        error.Code.ShouldBe("VALIDATION_ERROR");
        error.Errors.ShouldHaveSingleItem().Location.ShouldBe(["body", "input", "duration"]);
        error.RequestId.ShouldBe("req-1");
    }

    [Theory]
    [InlineData(502, "<html>Bad Gateway</html>", "HTTP_502")]
    [InlineData(500, "", "HTTP_500")]
    [InlineData(200, "<html>a login page</html>", "UNEXPECTED_ANSWER")]
    [InlineData(200, "null", "UNEXPECTED_ANSWER")]
    public async Task A_response_outside_the_contract_is_an_error(int status, string body, string code)
    {
        _server.On($"GET /v1/runs/{Id}", status, body, "text/html");

        (await Should.ThrowAsync<KinemaException>(() => _client.GetRunAsync(_id, Ct))).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("a//b")]
    [InlineData("../admin")]
    [InlineData("a/./b")]
    public async Task A_model_path_cannot_escape_its_route(string model)
    {
        await Should.ThrowAsync<ArgumentException>(() => _client.GetModelAsync(model, Ct));
        _server.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Waiting_reads_the_events_to_the_end_and_returns_the_record()
    {
        _server.On($"GET /v1/runs/{Id}/events", 200, Events((1, "status", "queued"), (2, "status", "running")) + Progress(3, 0.5) + Events((4, "status", "succeeded")), "text/event-stream");
        _server.On($"GET /v1/runs/{Id}", 200, Succeeded);
        var seen = new List<RunEvent>();

        var run = await _client.WaitAsync(_id, new InOrder(seen.Add), Ct);

        run.Status.ShouldBe("succeeded");
        seen.Select(e => e.Status).ShouldBe(["queued", "running", null, "succeeded"]);
        seen[2].Progress.ShouldBe(0.5);
        seen[2].Stage.ShouldBe("inference");
    }

    [Fact]
    public async Task A_stream_that_breaks_is_resumed_after_the_last_event_seen()
    {
        (int Id, string Type, string Status)[] history = [(1, "status", "queued"), (2, "status", "running"), (3, "status", "succeeded")];
        _server.On($"GET /v1/runs/{Id}", 200, Running);
        _server.On($"GET /v1/runs/{Id}/events", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Events(history[..2]) + "event: added-later\ndata: {}\n\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        _server.On($"GET /v1/runs/{Id}/events", async context =>
        {
            // How much of a broken answer arrives is the network's affair; nothing may be missing and nothing come twice.
            var after = int.TryParse(context.Request.Headers["Last-Event-ID"], out var last) ? last : 0;
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Events(history[after..]));
        });
        var statuses = new List<string?>();

        await foreach (var e in _client.WatchAsync(_id, null, Ct).Where(e => e.Type == RunEventType.Status))
            statuses.Add(e.Status);

        statuses.ShouldBe(["queued", "running", "succeeded"]);
    }

    [Fact]
    public async Task A_server_that_restarts_while_the_run_waits_is_waited_for()
    {
        _server.On($"GET /v1/runs/{Id}/events", 503, "");
        _server.On($"GET /v1/runs/{Id}/events", 200, Events((1, "status", "succeeded")), "text/event-stream");
        _server.On($"GET /v1/runs/{Id}", 200, Running);
        var statuses = new List<string?>();

        await foreach (var e in _client.WatchAsync(_id, null, Ct))
            statuses.Add(e.Status);

        statuses.ShouldBe(["succeeded"]);
    }

    [Fact]
    public async Task Watching_a_run_without_stored_events_ends_with_its_record()
    {
        _server.On($"GET /v1/runs/{Id}/events", 204, "");
        _server.On($"GET /v1/runs/{Id}", 200, Succeeded);

        (await _client.WaitAsync(_id, null, Ct)).Status.ShouldBe("succeeded");
    }

    [Fact]
    public async Task Watching_a_run_that_is_not_there_fails_at_once()
    {
        _server.On($"GET /v1/runs/{Id}/events", 404, """{"code":"RUN_NOT_FOUND","message":"There is no such run.","errors":null}""");

        (await Should.ThrowAsync<KinemaException>(() => _client.WaitAsync(_id, null, Ct))).Code.ShouldBe("RUN_NOT_FOUND");
        _server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_upload_takes_three_steps_and_shows_the_key_to_the_api_only()
    {
        await using var storage = await ScriptedServer.StartAsync();
        storage.On("PUT /upload", 200, "");
        _server.On("POST /v1/asset-uploads", 201, $$"""{"asset_id":"{{Id}}","upload_url":"{{new Uri(storage.Url, "upload?signature=1")}}"}""");
        _server.On($"POST /v1/asset-uploads/{Id}/confirmations", 201, $$"""{"id":"{{Id}}","name":"a.png","size_bytes":3}""");
        using var content = new MemoryStream(Encoding.ASCII.GetBytes("abc"));

        var asset = await _client.UploadAsync(content, "a.png", cancellationToken: Ct);

        asset.Reference.ShouldBe($"runflow://assets/{Id}");
        JsonElement.Parse(_server.Seen[0].Body).GetProperty("size_bytes").GetInt64().ShouldBe(3);
        _server.Seen.ShouldAllBe(r => r.Authorization == "Bearer rf_live_key");
        var put = storage.Seen.ShouldHaveSingleItem();
        put.Authorization.ShouldBeEmpty();
        put.ContentType.ShouldBe("image/png");
        put.Body.ShouldBe("abc");
    }

    [Fact]
    public async Task An_upload_leaves_the_callers_stream_open_and_needs_no_seeking()
    {
        _server.On("PUT /upload", 200, "");
        _server.On("POST /v1/asset-uploads", 201, $$"""{"asset_id":"{{Id}}","upload_url":"{{new Uri(_server.Url, "upload")}}"}""");
        _server.On($"POST /v1/asset-uploads/{Id}/confirmations", 201, $$"""{"id":"{{Id}}"}""");
        using var seekable = new MemoryStream(Encoding.ASCII.GetBytes("01abc")) { Position = 2 };
        using var stream = new UnseekableStream(Encoding.ASCII.GetBytes("xyz"));

        await _client.UploadAsync(seekable, "a.bin", cancellationToken: Ct);
        await _client.UploadAsync(stream, "a.mov", sizeBytes: 3, cancellationToken: Ct);

        (seekable.CanRead, stream.WasClosed).ShouldBe((true, false));
        _server.Seen.Where(seen => seen.Method == "PUT").Select(seen => (seen.ContentType, seen.Body))
            .ShouldBe([("application/octet-stream", "abc"), ("video/quicktime", "xyz")]);
    }

    [Fact]
    public async Task A_download_that_fails_leaves_the_old_file_and_no_part_of_a_new_one()
    {
        _server.On("GET /files/a.mp4", async context =>
        {
            context.Response.ContentLength = 10;
            await context.Response.WriteAsync("video");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "a.mp4");
        await File.WriteAllTextAsync(path, "old", Ct);

        var others = path + ".part";
        await File.WriteAllTextAsync(others, "another program's", Ct);

        await Should.ThrowAsync<HttpRequestException>(() => _client.DownloadAsync(new Uri(_server.Url, "files/a.mp4").ToString(), path, Ct));

        (await File.ReadAllTextAsync(path, Ct)).ShouldBe("old");
        Directory.GetFiles(folder.FullPath).ShouldBe([path, others], ignoreOrder: true);
    }

    [Fact]
    public async Task A_download_shows_no_key_and_an_expired_link_is_an_error()
    {
        _server.On("GET /files/a.mp4", 200, "video", "video/mp4");
        _server.On("GET /files/old.mp4", 403, """{"code":"URL_EXPIRED","message":"This link has expired.","errors":null}""");
        using var file = new MemoryStream();

        await _client.DownloadAsync(new Uri(_server.Url, "files/a.mp4").ToString(), file, Ct);

        Encoding.ASCII.GetString(file.ToArray()).ShouldBe("video");
        _server.Seen[0].Authorization.ShouldBeEmpty();
        (await Should.ThrowAsync<KinemaException>(() => _client.DownloadAsync(new Uri(_server.Url, "files/old.mp4").ToString(), file, Ct))).Code.ShouldBe("URL_EXPIRED");
    }

    [Fact]
    public async Task Secrets_are_made_listed_and_deleted()
    {
        _server.On("POST /v1/callback-secrets", 201, $$"""{"id":"{{Id}}","plain_secret":"whsec_x","is_current":true}""");
        _server.On("GET /v1/callback-secrets", 200, $$"""{"items":[{"id":"{{Id}}","key_prefix":"whsec_x"}]}""");
        _server.On($"DELETE /v1/callback-secrets/{Id}", 204, "");

        (await _client.CreateSecretAsync("main", Ct)).PlainSecret.ShouldBe("whsec_x");
        (await _client.ListSecretsAsync().GetPageAsync(Ct)).Items.ShouldHaveSingleItem().Id.ShouldBe(_id);
        await _client.DeleteSecretAsync(_id, Ct);
    }

    [Fact]
    public async Task A_secret_is_made_current_and_labelled()
    {
        _server.On($"PATCH /v1/callback-secrets/{Id}", 200, $$"""{"id":"{{Id}}","is_current":true}""");

        (await _client.MakeSecretCurrentAsync(_id, Ct)).IsCurrent.ShouldBe(true);
        await _client.LabelSecretAsync(_id, "main", Ct);

        _server.Seen.Select(seen => seen.Body).ShouldBe(["""{"is_current":true}""", """{"label":"main"}"""]);
    }

    [Fact]
    public async Task A_callbacks_deliveries_are_read_with_their_attempts()
    {
        _server.On($"GET /v1/runs/{Id}/callback", 200, $$"""[{"id":"{{Id}}","status_code":"delivered","attempt_count":2,"attempts":[{"attempt_number":1,"status_code":500},{"attempt_number":2,"status_code":200}]}]""");
        _server.On($"POST /v1/runs/{Id}/callback-redeliveries", 201, $$"""{"id":"{{Id}}","status_code":"pending"}""");

        (await _client.GetDeliveriesAsync(_id, Ct)).ShouldHaveSingleItem().Attempts.Select(a => a.HttpStatusCode).ShouldBe([HttpStatusCode.InternalServerError, HttpStatusCode.OK]);
        (await _client.RedeliverCallbackAsync(_id, Ct)).Status.ShouldBe("pending");
    }

    private static string Events(params (int Id, string Type, string Status)[] events) =>
        string.Concat(events.Select(e => $"id: {e.Id}\nevent: {e.Type}\ndata: {{\"status_code\":\"{e.Status}\"}}\n\n"));

    private static string Progress(int id, double progress) =>
        FormattableString.Invariant($": still here\n\nid: {id}\nevent: progress\ndata: {{\"stage\":\"inference\",\"done\":1,\"total\":2,\"progress\":{progress}}}\n\n");
}
