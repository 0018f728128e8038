using System.Net;
using Kinema.Outbound.Urls;

namespace Kinema.Outbound.Connections;

/// <summary>Forces HTTP/1.1 over TCP: HTTP/3 uses UDP and would bypass the connect callback, and ws: is another protocol.</summary>
internal sealed class Http11OnlyHandler(SocketsHttpHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ForceHttp11(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Outgoing requests are asynchronous.");

    private static void ForceHttp11(HttpRequestMessage request)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new OutboundRefusedException("only http and https leave this server");
        // The platform writes an address that keeps its path as written into the request line without a look at it.
        if (!RequestTarget.IsSendable(request.RequestUri.PathAndQuery))
            throw new OutboundRefusedException("a path or query that would break the request line does not leave this server");

        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }
}
