using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kinema.TestSupport;

/// <summary>A caller's callback endpoint: stores requests and responds by script; the last response repeats.</summary>
public sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly Channel<ReceivedCallback> _arrived = Channel.CreateUnbounded<ReceivedCallback>();
    private readonly ConcurrentQueue<ReceivedCallback> _requests = new();
    private readonly ConcurrentQueue<CallbackAnswer> _script;
    private CallbackAnswer _last = CallbackAnswer.Status(200);
    private WebApplication _app = null!;

    private CallbackReceiver(IEnumerable<CallbackAnswer> script) => _script = new(script);

    public Uri Url { get; private set; } = null!;

    /// <summary>Received requests, in order.</summary>
    public IReadOnlyList<ReceivedCallback> Requests => [.. _requests];

    public static async Task<CallbackReceiver> StartAsync(params IEnumerable<CallbackAnswer> script)
    {
        var receiver = new CallbackReceiver(script);
        receiver._app = await LocalHost.StartAsync(receiver.AnswerAsync);
        receiver.Url = new Uri(new Uri(receiver._app.Urls.First()), "callback");
        return receiver;
    }

    /// <summary>The next request that has not been taken yet.</summary>
    public async Task<ReceivedCallback> NextAsync(CancellationToken ct) => await _arrived.Reader.ReadAsync(ct);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new ReceivedCallback(context.Request.Method, context.Request.Path, headers, body.ToArray());
        _requests.Enqueue(received);
        _arrived.Writer.TryWrite(received);
        if (_script.TryDequeue(out var answer))
            _last = answer;
        await _last.WriteAsync(context);
    }
}

public sealed record ReceivedCallback(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public System.Text.Json.Nodes.JsonObject Json => System.Text.Json.Nodes.JsonNode.Parse(Body)!.AsObject();
}

/// <summary>Response of a receiver.</summary>
public sealed record CallbackAnswer(Func<HttpContext, Task> WriteAsync)
{
    public static CallbackAnswer Hang { get; } = new(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

    /// <summary>The connection ends without an answer.</summary>
    public static CallbackAnswer Reset { get; } = new(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public static CallbackAnswer Status(int status, string body = "") => new(async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    });

    public static CallbackAnswer Redirect(Uri location) => new(context =>
    {
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        context.Response.Headers.Location = location.AbsoluteUri;
        return Task.CompletedTask;
    });

    /// <summary>A body that is far longer than anybody should read.</summary>
    public static CallbackAnswer Flood(long bytes) => new(async context =>
    {
        var block = new byte[1 << 16];
        for (var sent = 0L; sent < bytes && !context.RequestAborted.IsCancellationRequested; sent += block.Length)
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
    });
}
