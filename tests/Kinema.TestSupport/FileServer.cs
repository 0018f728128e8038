using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kinema.TestSupport;

/// <summary>A third-party web server that serves the sample photographs and files of a test.</summary>
public sealed class FileServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, string ContentType)> _files = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private WebApplication _app = null!;

    private FileServer()
    {
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>Requested paths, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<FileServer> StartAsync()
    {
        var server = new FileServer();
        foreach (var photograph in Samples.Photographs)
            server._files["/" + Path.GetFileName(photograph)] = (await File.ReadAllBytesAsync(photograph), Samples.ContentTypeOf(photograph));
        server._app = await LocalHost.StartAsync(server.AnswerAsync);
        server.Url = new Uri(server._app.Urls.First());
        return server;
    }

    public Uri For(string photograph) => new(Url, Path.GetFileName(photograph));

    public Uri Put(string name, byte[] bytes, string contentType)
    {
        _files["/" + name] = (bytes, contentType);
        return new Uri(Url, name);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        _requests.Enqueue(context.Request.Path);
        if (!_files.TryGetValue(context.Request.Path, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Bytes.Length;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }
}
