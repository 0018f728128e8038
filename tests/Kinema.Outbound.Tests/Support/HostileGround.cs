namespace Kinema.Outbound.Tests.Support;

/// <summary>Listeners on many loopback addresses, all on one port, that nobody may reach.</summary>
public sealed class HostileGround : IAsyncDisposable
{
    private static readonly string[] _others = ["127.0.0.2", "127.1.2.3", "127.255.255.254", "::1"];

    private readonly List<LoopbackListener> _listeners = [];

    public HostileGround()
    {
        var first = LoopbackListener.Answering(LoopbackListener.Ok("reached"));
        _listeners.Add(first);
        foreach (var address in _others)
            _listeners.Add(LoopbackListener.Answering(LoopbackListener.Ok("reached"), address, first.Port));
    }

    public int Port => _listeners[0].Port;

    public int Accepted => _listeners.Sum(listener => listener.Accepted);

    internal Guard Closed { get; } = new(dns: HostileUrls.Answer);

    public async ValueTask DisposeAsync()
    {
        await Closed.DisposeAsync();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
    }
}
