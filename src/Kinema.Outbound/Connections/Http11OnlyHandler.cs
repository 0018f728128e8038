using System.Net;

namespace Kinema.Outbound.Connections;

/// <summary>Keeps every request on HTTP/1.1 over TCP: HTTP/3 would leave by UDP, past the connect callback, and ws: by another protocol.</summary>
internal sealed class Http11OnlyHandler(SocketsHttpHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Pin(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Outgoing requests are asynchronous.");

    private static void Pin(HttpRequestMessage request)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new OutboundRefusedException("only http and https leave this server");

        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }
}
