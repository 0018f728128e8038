using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinema.TestSupport;

/// <summary>A real listener that answers each method and path by script, the last answer standing for every later request.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> _script = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public static async Task<ScriptedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ScriptedServer On(string methodAndPath, int status, string body, string contentType = "application/json") => On(methodAndPath, async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.Headers["Runflow-Request-Id"] = "req-1";
        await context.Response.WriteAsync(body);
    });

    /// <summary>As <see cref="On(string, int, string, string)"/>, and forgets what was scripted there before.</summary>
    public ScriptedServer Instead(string methodAndPath, int status, string body)
    {
        _script.TryRemove(methodAndPath, out _);
        return On(methodAndPath, status, body);
    }

    public ScriptedServer On(string methodAndPath, Func<HttpContext, Task> answer)
    {
        _script.GetOrAdd(methodAndPath, _ => new()).Enqueue(answer);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        _seen.Enqueue(new(request.Method, request.Path + request.QueryString, request.Headers.Authorization.ToString(), request.Headers["Last-Event-ID"].ToString(), request.ContentType, body)
        {
            Source = request.Headers["Kinema-Source"].ToString(),
            IdempotencyKey = request.Headers["Idempotency-Key"].ToString(),
            Prefer = request.Headers["Prefer"].ToString(),
        });
        if (!_script.TryGetValue($"{request.Method} {request.Path}", out var answers))
        {
            context.Response.StatusCode = 418;
            return;
        }

        answers.TryPeek(out var answer);
        if (answers.Count > 1)
            answers.TryDequeue(out answer);
        await answer!(context);
    }
}

public sealed record SeenRequest(string Method, string Path, string Authorization, string LastEventId, string? ContentType, string Body)
{
    public string Source { get; init; } = "";

    public string IdempotencyKey { get; init; } = "";

    public string Prefer { get; init; } = "";
}
