using System.Net;

namespace Kinema.Outbound.Connections;

/// <summary>Opens a TCP connection to a checked address.</summary>
internal interface ISocketDialer
{
    Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken ct);
}
