using System.Net;
using System.Net.Sockets;

namespace Kinema.Outbound.Connections;

internal sealed class SocketDialer : ISocketDialer
{
    public async Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken ct)
    {
        // The family of the address, not dual mode: an IPv6 socket must not reach IPv4 by another spelling.
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
