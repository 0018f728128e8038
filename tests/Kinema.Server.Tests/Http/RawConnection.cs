using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kinema.Server.Tests.Http;

/// <summary>Sends requests as bytes, so that they may be anything, and reads the status and the body of the answer.</summary>
internal sealed class RawConnection(Uri server) : IDisposable
{
    private TcpClient? _client;
    private BufferedStream? _stream;

    /// <returns>The status, or null if the server closed the connection without an answer.</returns>
    public async Task<(int? Status, string Body)> SendAsync(byte[] request, bool isHead, bool isCutShort, CancellationToken ct)
    {
        if (_client is null)
        {
            _client = new TcpClient();
            await _client.ConnectAsync(server.Host, server.Port, ct);
            _stream = new BufferedStream(_client.GetStream());
        }

        try
        {
            await _client.GetStream().WriteAsync(request, ct);
            if (isCutShort)
                _client.Client.Shutdown(SocketShutdown.Send);
            var (status, body, isLast) = await ReadAsync(_stream!, isHead, ct);
            if (isLast || isCutShort)
                Dispose();
            return (status, body);
        }
        catch (IOException)
        {
            Dispose();
            return (null, "");
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _client?.Dispose();
        _client = null;
    }

    private static async Task<(int? Status, string Body, bool IsLast)> ReadAsync(Stream stream, bool isHead, CancellationToken ct)
    {
        var first = await ReadLineAsync(stream, ct);
        if (first.Length == 0)
            return (null, "", true);

        var status = int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var line = await ReadLineAsync(stream, ct); line.Length > 0; line = await ReadLineAsync(stream, ct))
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

        var isLast = headers.GetValueOrDefault("Connection") == "close";
        if (status < 200)
            return await ReadAsync(stream, isHead, ct);
        if (isHead || status is 204 or 304 || !headers.TryGetValue("Content-Length", out var length))
            return (status, "", isLast || headers.ContainsKey("Transfer-Encoding"));

        var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, ct);
        return (status, Encoding.UTF8.GetString(body), isLast);
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken ct)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await stream.ReadAsync(next, ct) > 0 && next[0] != '\n')
            line.Add(next[0]);
        return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
    }
}
