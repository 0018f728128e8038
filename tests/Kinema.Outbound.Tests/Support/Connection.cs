using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kinema.Outbound.Tests.Support;

/// <summary>The server's side of one accepted connection.</summary>
internal sealed class Connection(Socket socket, int number, List<string> requests, CancellationToken ct)
{
    public int Number => number;

    public CancellationToken Stopping => ct;

    public long Sent { get; private set; }

    public async Task<string> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (!IsWhole(text.ToString()))
        {
            var count = await socket.ReceiveAsync(buffer, ct);
            if (count == 0)
                break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        lock (requests)
            requests.Add(text.ToString());
        return text.ToString();
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = await socket.SendAsync(bytes, ct);
            Sent += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Says nothing until the client hangs up or the listener stops.</summary>
    public async Task WaitForHangUpAsync()
    {
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, ct) > 0)
        {
        }
    }

    /// <summary>Closes with a TCP reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public async Task HangUpAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        await WaitForHangUpAsync();
    }

    private static bool IsWhole(string text)
    {
        // A TLS handshake never ends like a request; its sender gets a response that it cannot read.
        if (text.StartsWith('\u0016'))
            return true;

        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;

        const string Name = "Content-Length: ";
        var at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at > end)
            return true;

        var length = int.Parse(text[(at + Name.Length)..text.IndexOf("\r\n", at, StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return text.Length >= end + 4 + length;
    }
}
