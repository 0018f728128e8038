using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.Server.Tests.Browser;

/// <summary>The debugger of a browser's page: sees every request that the page makes, also those that a policy stops.</summary>
internal sealed class DevTools : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _requests = [];
    private int _calls;

    private DevTools()
    {
    }

    /// <summary>URLs that the page asked for, in order.</summary>
    public IReadOnlyList<string> Requests => _requests;

    public static async Task<DevTools> AttachAsync(HeadlessBrowser browser, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var port = await browser.ReadDebuggerPortAsync(ct);
        var pages = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), ct))!.AsArray();
        var tools = new DevTools();
        await tools._socket.ConnectAsync(new Uri(pages.First(page => page!["type"].Text() == "page")!["webSocketDebuggerUrl"].Text()), ct);
        await tools.CallAsync("Network.enable", [], ct);
        return tools;
    }

    public Task OpenAsync(Uri page, CancellationToken ct) => CallAsync("Page.navigate", new() { ["url"] = page.AbsoluteUri }, ct);

    /// <summary>Makes the page believe in a screen of this width, which is a phone's where it is narrow, and in a reader's choice of colours.</summary>
    public async Task ShowAsAsync(int width, string colours, CancellationToken ct)
    {
        var screen = new JsonObject { ["width"] = width, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 };
        await CallAsync("Emulation.setDeviceMetricsOverride", screen, ct);
        var feature = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = colours };
        await CallAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(feature) }, ct);
    }

    /// <summary>What an expression of JavaScript gives, or its promise. The page's own policy does not stop it.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken ct)
    {
        var answer = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true }, ct);
        return answer["exceptionDetails"] is { } problem ? throw new InvalidOperationException(problem.ToJsonString()) : answer["result"]!["value"];
    }

    /// <summary>Waits until the page and what it names are loaded.</summary>
    public async Task WaitUntilLoadedAsync(Uri page, CancellationToken ct)
    {
        while ((await EvaluateAsync("document.readyState + ' ' + location.href", ct)).Text() != $"complete {page.AbsoluteUri}")
            await Task.Delay(20, ct);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, CancellationToken ct)
    {
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, endOfMessage: true, ct);
        while (true)
        {
            var message = await ReceiveAsync(ct);
            if (message["method"]?.GetValue<string>() == "Network.requestWillBeSent")
                _requests.Add(message["params"]!["request"]!["url"].Text());
            if (message["id"]?.GetValue<int>() == id)
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken ct)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), ct);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
