using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Workers;

/// <summary>A worker that says whatever the test wants, message by message.</summary>
internal sealed class RawWorker : IDisposable
{
    private const string Root = "/v1/worker";

    private readonly HttpClient _http;

    public RawWorker(TestServer server, string key, string protocol = "1")
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        _http.DefaultRequestHeaders.Add("Kinema-Worker-Protocol", protocol);
    }

    /// <summary>The run that it claimed last.</summary>
    public JsonObject? Work { get; private set; }

    public string Attempt => $"/attempts/{Work!["run_id"].Text()}/{Work["fence"]!.ToJsonString()}";

    public static JsonObject Registration(string engine = "motion") => new()
    {
        ["name"] = "raw",
        ["version"] = "9.9",
        ["capacity"] = 1,
        ["engines"] = new JsonArray(new JsonObject
        {
            ["id"] = engine,
            ["version"] = "1",
            ["display_name"] = "Raw",
            ["media_roles"] = new JsonArray("FirstFrame"),
            ["resolutions"] = new JsonArray("Hd720", "Hd1080"),
            ["min_duration_seconds"] = 1,
            ["max_duration_seconds"] = 60,
        }),
    };

    public static async Task<RawWorker> RegisterAsync(TestServer server, string? key = null)
    {
        var worker = new RawWorker(server, key ?? await WorkerRig.CreateKeyAsync(server));
        worker.Become((await (await worker.PostAsync("/registrations", Registration())).ReadJsonAsync())["worker_id"].Text());
        return worker;
    }

    public void Become(string workerId)
    {
        _http.DefaultRequestHeaders.Remove("Kinema-Worker-Id");
        _http.DefaultRequestHeaders.Add("Kinema-Worker-Id", workerId);
    }

    public Task<HttpResponseMessage> PostAsync(string path, JsonObject body) => _http.PostAsync(Root + path, Json(body), Ct);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(Root + path, Ct);

    public async Task<JsonObject> AskAsync(string path, JsonObject body)
    {
        var response = await PostAsync(path, body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Ct));
        return await response.ReadJsonAsync();
    }

    /// <summary>Claims; null if there was nothing.</summary>
    public async Task<JsonObject?> ClaimAsync(bool holding = false)
    {
        var held = holding ? new JsonArray(new JsonObject { ["run_id"] = Work!["run_id"].Text(), ["fence"] = Work["fence"]!.DeepClone() }) : [];
        var reply = await AskAsync("/claims", new() { ["engines"] = new JsonArray("motion"), ["wait_seconds"] = 0, ["holding"] = held });
        return Work = reply["work"]?.AsObject();
    }

    /// <summary>Claims the run and lets the server prepare its inputs.</summary>
    public async Task<JsonObject> TakeAsync()
    {
        while (await ClaimAsync() is null)
            await Task.Delay(20, Ct);
        while (await AskAsync(Attempt + "/inputs", []) is var reply)
        {
            if (reply["state"].Text() != "preparing")
                return reply;
        }

        return Work!;
    }

    public async Task<HttpResponseMessage> UploadAsync(string name, byte[] part, long offset = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Root}{Attempt}/artifacts/{name}") { Content = new ByteArrayContent(part) };
        request.Headers.Add("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return await _http.SendAsync(request, Ct);
    }

    /// <summary>Uploads whole files and delivers them.</summary>
    public async Task<HttpResponseMessage> DeliverAsync(params (string Name, byte[] Content)[] files)
    {
        foreach (var (name, content) in files)
            (await UploadAsync(name, content)).EnsureSuccessStatusCode();
        return await PostAsync(Attempt + "/delivery", Delivery(files));
    }

    public static JsonObject Delivery(params (string Name, byte[] Content)[] files) => new()
    {
        ["files"] = new JsonArray([.. files.Select(file => new JsonObject
        {
            ["name"] = file.Name, ["size_bytes"] = file.Content.Length, ["digest"] = Convert.ToHexStringLower(SHA256.HashData(file.Content)),
        })]),
        ["model_data"] = new JsonObject { ["said"] = "anything" },
        ["times"] = new JsonObject { ["preprocess_ms"] = 1, ["inference_ms"] = 9_000_000_000, ["encode_ms"] = -5, ["upload_ms"] = 1 },
    };

    public void Dispose() => _http.Dispose();
}
