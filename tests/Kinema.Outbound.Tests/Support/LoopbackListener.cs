using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kinema.Outbound.Tests.Support;

/// <summary>A real TCP listener on a loopback address that counts what it accepts and answers by a script.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<Connection, Task> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _conversations = [];
    private readonly Task _loop;
    private int _accepted;

    public LoopbackListener(Func<Connection, Task> script, string address = "127.0.0.1", int port = 0)
    {
        _script = script;
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Everything received before the scripts answered, one text for each request.</summary>
    public List<string> Requests { get; } = [];

    public static LoopbackListener Answering(string response, string address = "127.0.0.1", int port = 0) =>
        new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(response);
        }, address, port);

    /// <summary>Answers each connection with the next text; the last one stays.</summary>
    public static LoopbackListener AnsweringInTurn(params string[] responses) =>
        new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(responses[Math.Min(connection.Number, responses.Length) - 1]);
        });

    public static string Ok(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public static string Status(int status) => $"HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n\r\n";

    public static string Redirect(string location, int status = 302) => $"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n";

    /// <summary>Closes every connection. May be called twice, so that a test can inspect the requests afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;

        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        await Task.WhenAll(_conversations);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                var number = Interlocked.Increment(ref _accepted);
                _conversations.Add(ConverseAsync(socket, number));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ConverseAsync(Socket socket, int number)
    {
        await Task.Yield();
        using (socket)
        {
            var connection = new Connection(socket, number, Requests, _stop.Token);
            try
            {
                await _script(connection);
                if (socket.LingerState is not { Enabled: true })
                    await connection.HangUpAsync();
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client hung up first, as many of these tests want it to.
            }
        }
    }
}
