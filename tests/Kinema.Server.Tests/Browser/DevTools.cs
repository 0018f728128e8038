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

    /// <summary>What an expression of JavaScript gives.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken ct) =>
        (await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true }, ct))["result"]!["value"];

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
                return message["result"]!;
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
