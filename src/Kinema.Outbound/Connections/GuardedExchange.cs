using System.Net.Sockets;

namespace Kinema.Outbound.Connections;

/// <summary>One request and response over its own connection.</summary>
internal sealed class GuardedExchange(HttpMessageHandler handler, DialResult dial, CancellationTokenSource ended) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(handler);

    public DialResult Dial => dial;

    /// <summary>Returns at the response headers. Read the body before disposing this exchange.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) => _invoker.SendAsync(request, ct);

    /// <summary>Describes why an exchange failed, without any text from the remote peer.</summary>
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
