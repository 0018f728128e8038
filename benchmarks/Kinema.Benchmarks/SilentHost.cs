using System.Net;
using System.Net.Sockets;

namespace Kinema.Benchmarks;

/// <summary>Accepts connections and never responds: a run with an image from here occupies the worker's slot, so that no other run executes.</summary>
internal sealed class SilentHost : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentHost() => _listener.Start();

    public Uri Picture => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/never.png");

    public void Dispose() => _listener.Dispose();
}
