using Kinema.Outbound.Tests.Support;

[assembly: AssemblyFixture(typeof(ProxyTrap))]

namespace Kinema.Outbound.Tests.Support;

/// <summary>A listener that the proxy variables of this process point to before any test runs; it catches clients that use them.</summary>
public sealed class ProxyTrap : IAsyncDisposable
{
    private static readonly string[] _variables = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

    private readonly LoopbackListener _listener = LoopbackListener.Answering(LoopbackListener.Ok("proxied"));

    public ProxyTrap()
    {
        foreach (var variable in _variables)
            Environment.SetEnvironmentVariable(variable, $"http://127.0.0.1:{_listener.Port}");

        // For the one test that shows what the platform does by itself with a URL on this machine.
        Environment.SetEnvironmentVariable("NO_PROXY", "127.0.0.1");
        Environment.SetEnvironmentVariable("no_proxy", "127.0.0.1");
    }

    public int Accepted => _listener.Accepted;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();
}
