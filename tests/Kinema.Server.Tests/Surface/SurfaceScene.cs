using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Surface;

/// <summary>A server with one record of every kind, and calls of the table's rows that leave those records alone.</summary>
public sealed partial class SurfaceScene : IAsyncLifetime
{
    private const string UploadUrl = "{upload_url}";
    private const string Preview = "/v1/runs/{run_id}/preview";
    private const string Retries = "/v1/runs/{run_id}/retries";
    private const string Slug = "alibaba/wan/v2.7/image-to-video";

    private static readonly byte[] _picture = File.ReadAllBytes(Samples.Photograph("cat"));

    private readonly Dictionary<string, string> _values = [];
    private CallbackReceiver _receiver = null!;
    private TestServer _server = null!;
    private TestServer _busy = null!;
    private TestServer _idle = null!;
    private HttpClient _admin = null!;
    private HttpClient _anybody = null!;
    private HttpClient _other = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await CallbackReceiver.StartAsync();
        _server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System));
        _busy = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true, MakesPreviews = true });
        _idle = await TestServer.StartIdleAsync();
        _admin = (await _server.AddKeyAsync(_server.Caller.OrgId, isPlatformAdmin: true)).Client;
        _anybody = _server.CreateClient();
        _other = (await _server.AddCallerAsync()).Client;
        await CreateSecretAsync();
        _values["run_id"] = await CreateFinishedRunAsync();
        _values["asset_id"] = await UploadAsync(confirm: true);
        var model = await GetAsync($"/v1/models/{Slug}");
        _values["model_id"] = model["id"].Text();
        _values["creator_id"] = model["model_creator_id"].Text();
        foreach (var (name, part) in new[] { ("input_id", "inputs"), ("output_id", "outputs"), ("example_id", "examples"), ("price_id", "pricing") })
            _values[name] = model[part]![0]!["id"].Text();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _busy.DisposeAsync();
        await _idle.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    /// <summary>Calls the row's route with what it needs.</summary>
    internal async Task<HttpResponseMessage> CallAsync(SurfaceRow row)
    {
        var fresh = await MakeFreshAsync(row.Route);
        var path = Placeholder().Replace(row.Path.Replace("{owner}/{slug}", Slug, StringComparison.Ordinal), match => Value(match.Groups[1].Value, fresh));
        if (row.Path.EndsWith("/runs-stats", StringComparison.Ordinal))
            path += $"?start={TimeProvider.System.GetUtcNow().AddDays(-1):yyyy-MM-dd}&end={TimeProvider.System.GetUtcNow().AddDays(1):yyyy-MM-dd}";
        if (row.Path == "/v1/events")
            path += $"?runs={_values["run_id"]}:0";
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), path);
        if (row.Method is "POST" or "PATCH" or "PUT")
            request.Content = row.Path == UploadUrl ? Picture() : Json(BodyOf(row.Path));
        return await ClientOf(row.Path).SendAsync(request, Ct);
    }

    private HttpClient ClientOf(string path) => path switch
    {
        UploadUrl => _anybody,
        // The callbacks of the organisation that the other rows use go on.
        "/v1/callback-pause" => _other,
        Preview => _busy.Client,
        // What a retry makes stays queued: a worker would hold it, and the preview's run would wait behind it.
        Retries => _idle.Client,
        _ when path.StartsWith("/v1/admin", StringComparison.Ordinal) => _admin,
        _ => _server.Client,
    };

    /// <summary>What a call uses up.</summary>
    private async Task<Dictionary<string, string>> MakeFreshAsync(string route)
    {
        if (route.EndsWith("/callback-redeliveries", StringComparison.Ordinal))
            await WorkingServer.WaitUntilDeliveredAsync(_server, _values["run_id"], Ct);
        return route switch
        {
            $"PUT {UploadUrl}" => new() { ["upload_url"] = (await AnnounceAsync())["upload_url"].Text() },
            "POST /v1/asset-uploads/{asset_id}/confirmations" => new() { ["asset_id"] = await UploadAsync(confirm: false) },
            "DELETE /v1/assets/{asset_id}" => new() { ["asset_id"] = await UploadAsync(confirm: true) },
            "DELETE /v1/runs/{run_id}" => new() { ["run_id"] = await CreateFinishedRunAsync() },
            $"GET {Preview}" => new() { ["run_id"] = await CreateHeldRunAsync() },
            $"POST {Retries}" => new() { ["run_id"] = await CreateCanceledRunAsync() },
            "GET /v1/runs/{run_id}/logs/{log_id}" => new() { ["log_id"] = await FirstAsync($"/v1/runs/{_values["run_id"]}/logs") },
            "GET /v1/runs/{run_id}/node-runs/{node_run_id}" => new() { ["node_run_id"] = await FirstAsync($"/v1/runs/{_values["run_id"]}/node-runs") },
            _ when route.Contains("{secret_id}", StringComparison.Ordinal) => new() { ["secret_id"] = await CreateSecretAsync() },
            _ when route.Contains("{key_id}", StringComparison.Ordinal) => new() { ["key_id"] = (await PostAsync("/v1/api-keys", """{"name":"short","scopes":[]}"""))["id"].Text() },
            _ => [],
        };
    }

    /// <summary>A record of what is not served has any id.</summary>
    private string Value(string name, Dictionary<string, string> fresh) =>
        fresh.GetValueOrDefault(name) ?? _values.GetValueOrDefault(name) ?? (name == "owner" ? "somebody" : Guid.CreateVersion7().ToString());

    private static string BodyOf(string path) => path switch
    {
        _ when path.EndsWith("/runs", StringComparison.Ordinal) || path.EndsWith("/estimates", StringComparison.Ordinal) => WorkingServer.RunBody().ToJsonString(),
        _ when path.EndsWith("/feedback", StringComparison.Ordinal) => """{"is_positive":true,"reason":"good"}""",
        "/v1/asset-uploads" => $$"""{"filename":"cat.png","mime_type":"image/png","size_bytes":{{_picture.Length}}}""",
        "/v1/api-keys" => """{"name":"it's <é> 中","scopes":["runs:read"]}""",
        "/v1/callback-secrets/{secret_id}" => """{"label":"new","is_current":true}""",
        _ => "{}",
    };

    private async Task<string> CreateFinishedRunAsync()
    {
        var body = WorkingServer.RunBody();
        body["callback_url"] = _receiver.Url.AbsoluteUri;
        body["unknown"] = "leaves a line in the log";
        var id = await WorkingServer.CreateAsync(_server, body);
        (await WorkingServer.WaitForEndAsync(_server, id))["status_code"].Text().ShouldBe("succeeded");
        await WorkingServer.WaitUntilDeliveredAsync(_server, id, Ct);
        return id;
    }

    /// <summary>A run under way, of which the engine has shown something.</summary>
    private async Task<string> CreateHeldRunAsync()
    {
        var id = await WorkingServer.CreateAsync(_busy);
        while ((await _busy.Client.GetAsync($"/v1/runs/{id}/preview", Ct)).StatusCode == HttpStatusCode.NotFound)
            await Task.Delay(20, Ct);
        return id;
    }

    private async Task<string> CreateCanceledRunAsync()
    {
        var id = await WorkingServer.CreateAsync(_idle);
        await _idle.Client.PostAsync($"/v1/runs/{id}/cancellation", Json("{}"), Ct);
        (await WorkingServer.WaitForEndAsync(_idle, id))["status_code"].Text().ShouldBe("canceled");
        return id;
    }

    private Task<JsonObject> AnnounceAsync() => PostAsync("/v1/asset-uploads", BodyOf("/v1/asset-uploads"));

    private async Task<string> UploadAsync(bool confirm)
    {
        var upload = await AnnounceAsync();
        using var content = Picture();
        (await _anybody.PutAsync(upload["upload_url"].Text(), content, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        if (confirm)
            await PostAsync($"/v1/asset-uploads/{upload["asset_id"].Text()}/confirmations", "{}");
        return upload["asset_id"].Text();
    }

    private async Task<string> CreateSecretAsync() => (await PostAsync("/v1/callback-secrets", "{}"))["id"].Text();

    private async Task<string> FirstAsync(string path) => (await GetAsync(path))["items"]![0]!["id"]!.ToString();

    private async Task<JsonObject> GetAsync(string path) => await (await _server.Client.GetAsync(path, Ct)).ReadJsonAsync();

    private async Task<JsonObject> PostAsync(string path, string body)
    {
        var response = await _server.Client.PostAsync(path, Json(body), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        return await response.ReadJsonAsync();
    }

    private static ByteArrayContent Picture() => new(_picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
