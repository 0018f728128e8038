using System.Net;

namespace Kinema.Outbound.Connections;

/// <summary>Opens a TCP connection to an address that was judged.</summary>
internal interface ISocketDialer
{
    Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken ct);
}
