using System.Net;
using System.Net.Sockets;

namespace Kinema.Media.Tests.Support;

/// <summary>A listener on this machine that nobody may dial.</summary>
internal sealed class Tripwire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Tripwire() => _listener.Start();

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/clip.mp4";

    /// <summary>The kernel queues a connection before anybody accepts it.</summary>
    public bool WasDialled => _listener.Pending();

    public void Dispose() => _listener.Dispose();
}
