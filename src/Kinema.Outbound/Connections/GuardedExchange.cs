using System.Net.Sockets;

namespace Kinema.Outbound.Connections;

/// <summary>One request and its answer over a connection of its own.</summary>
internal sealed class GuardedExchange(HttpMessageHandler handler, DialResult dial, CancellationTokenSource ended) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(handler);

    public DialResult Dial => dial;

    /// <summary>Returns at the response headers; the body is read from the response while this exchange lives.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => _invoker.SendAsync(request, ct);

    /// <summary>Why an exchange broke, in words of ours: a peer's own text has no business in the log.</summary>
    public string Explain(Exception error) => dial.Refusal ?? error switch
    {
        OperationCanceledException => "it took too long",
        HttpRequestException { InnerException: SocketException socket } => $"{socket.SocketErrorCode}",
        HttpRequestException { InnerException: IOException { InnerException: SocketException socket } } => $"{socket.SocketErrorCode}",
        HttpRequestException http => $"{http.HttpRequestError}",
        HttpIOException io => $"{io.HttpRequestError}",
        IOException { InnerException: SocketException socket } => $"{socket.SocketErrorCode}",
        _ => error.GetType().Name,
    };

    public void Dispose()
    {
        ended.Cancel();
        _invoker.Dispose();
        ended.Dispose();
    }
}
