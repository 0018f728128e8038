using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kinema.TestSupport;

/// <summary>A fake of <c>tests/fakes</c>, in a process of its own.</summary>
public sealed class FakeServer : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly HttpClient _control;

    private FakeServer(Process process, Uri url)
    {
        _process = process;
        Url = url;
        _control = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = _patience };
    }

    public Uri Url { get; }

    public static async Task<FakeServer> StartAsync(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Repository.File("tests", "fakes", name, "server.mjs"), "--port", "0", .. arguments]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(_patience);
        var url = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"The fake {name} did not start.");
        return new(process, new Uri(url));
    }

    /// <param name="on">Method and beginning of the path.</param>
    /// <param name="kind">See <c>tests/fakes/lib/fake.mjs</c>.</param>
    /// <param name="more">The fault's own members.</param>
    public Task FaultAsync(string on, string kind, JsonObject? more = null)
    {
        var fault = more ?? [];
        fault["on"] = on;
        fault["kind"] = kind;
        return PostAsync("/_fake/faults", fault);
    }

    public async Task PostAsync(string path, JsonNode body)
    {
        using var answer = await _control.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What arrived at addresses that begin so, as <c>METHOD /path?query</c>.</summary>
    public async Task<IReadOnlyList<JsonNode>> RequestsAsync(string beginning = "") =>
        [.. (await _control.GetFromJsonAsync<JsonArray>(new Uri("/_fake/requests", UriKind.Relative)))!.Select(r => r!)
            .Where(r => $"{r["method"]} {r["path"]}".StartsWith(beginning, StringComparison.Ordinal))];

    /// <summary>What a control route of the fake's own says.</summary>
    public async Task<JsonNode> GetAsync(string path) => (await _control.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative)))!;

    public async Task<IReadOnlyList<JsonNode>> TasksAsync() =>
        [.. (await _control.GetFromJsonAsync<JsonArray>(new Uri("/_fake/tasks", UriKind.Relative)))!.Select(t => t!)];

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
