using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>A server of the release in a process of its own; the first line that it prints has its address.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private const string Model = "alibaba/wan/v2.7/image-to-video";

    private readonly Process _process;
    private readonly HttpClient _client;

    private RunningServer(Process process, Uri url, string key)
    {
        _process = process;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    }

    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="keyFile">Where the server leaves its first key.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<RunningServer> StartAsync(string program, IEnumerable<string> arguments, string keyFile, CancellationToken ct)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(ct) ?? throw new InvalidOperationException("The server ended before it served.");
            var url = line.StartsWith('{') ? JsonNode.Parse(line)!["urls"]![0]!.GetValue<string>() : line;
            return new RunningServer(process, new Uri(url), (await File.ReadAllTextAsync(keyFile, ct)).Trim());
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The files that lie beside the program are there.</summary>
    public async Task ShouldServePagesAsync(CancellationToken ct)
    {
        foreach (var path in new[] { "/v1/readiness", $"/models/{Model}", "/concepts/runs", "/docs/operations" })
            (await _client.GetAsync(path, ct)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    /// <returns>The record of a run that has ended.</returns>
    public async Task<JsonObject> MakeVideoAsync(CancellationToken ct)
    {
        var input = new JsonObject { ["image_url"] = Samples.DataUri(Samples.Photograph("cat")), ["prompt"] = "slow push in", ["duration"] = 2, ["resolution"] = "720p" };
        using var created = await _client.PostAsJsonAsync($"/v1/models/{Model}/runs", new JsonObject { ["input"] = input }, ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(ct));
        var id = (await created.Content.ReadFromJsonAsync<JsonObject>(ct))!["id"]!.GetValue<string>();
        while (true)
        {
            var run = (await _client.GetFromJsonAsync<JsonObject>($"/v1/runs/{id}", ct))!;
            if (run["status_code"]!.GetValue<string>() is "succeeded" or "failed" or "canceled")
                return run;
            await Task.Delay(200, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
