using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Kinema.Crash.Tests;

/// <summary>
/// The network between workers and a server: forwards TCP, and while it is cut lets nothing through and answers nobody, as a network does that drops packets.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentBag<Task> _work = [];
    private volatile TaskCompletionSource _open = Opened();
    private volatile Uri? _server;

    public Relay(IPAddress? address = null)
    {
        _listener = new(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        Url = new($"http://{(IPEndPoint)_listener.LocalEndpoint}");
        _work.Add(AcceptAsync());
    }

    public Uri Url { get; }

    /// <summary>Where it forwards to from now on.</summary>
    public void Aim(Uri server) => _server = server;

    public void Cut() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        Mend();
        _listener.Dispose();
        foreach (var work in _work)
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
            _work.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
    }

    private async Task ForwardAsync(TcpClient from)
    {
        using (from)
        using (var to = new TcpClient())
        {
            await _open.Task.WaitAsync(_ended.Token);
            await to.ConnectAsync(_server!.Host, _server.Port, _ended.Token);
            await Task.WhenAny(CopyAsync(from.GetStream(), to.GetStream()), CopyAsync(to.GetStream(), from.GetStream()));
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReadAsync(buffer, _ended.Token) is > 0 and var count)
        {
            await _open.Task.WaitAsync(_ended.Token);
            await to.WriteAsync(buffer.AsMemory(0, count), _ended.Token);
        }
    }
}
