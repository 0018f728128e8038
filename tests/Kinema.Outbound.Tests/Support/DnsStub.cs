using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kinema.Outbound.Tests.Support;

/// <summary>A DNS server over real UDP whose answers may change from one look-up to the next.</summary>
internal sealed class DnsStub : IAsyncDisposable
{
    private const ushort A = 1;
    private const ushort Aaaa = 28;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, int, IEnumerable<string>> _answer;
    private readonly Dictionary<string, int> _lookUps = new(StringComparer.OrdinalIgnoreCase);
    private readonly Task _loop;

    /// <param name="answer">Addresses for a name and the number of its look-up, from 1. None is NXDOMAIN.</param>
    public DnsStub(Func<string, int, IEnumerable<string>> answer)
    {
        _answer = answer;
        _loop = ServeAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    /// <summary>Look-ups of a name; its A and AAAA questions count as one.</summary>
    public int LookUps(string name)
    {
        lock (_lookUps)
            return _lookUps.GetValueOrDefault(name);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_stop.Token);
                await _socket.SendAsync(Reply(question.Buffer), question.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private byte[] Reply(byte[] query)
    {
        var (name, end) = ReadName(query);
        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(end));
        int number;
        lock (_lookUps)
        {
            number = _lookUps.GetValueOrDefault(name) + (type == A ? 1 : 0);
            _lookUps[name] = number;
        }

        var family = type == Aaaa ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var addresses = _answer(name, number).Select(IPAddress.Parse).Where(address => address.AddressFamily == family).ToList();

        var reply = new List<byte>();
        reply.AddRange(query.AsSpan(0, 2));
        reply.AddRange([0x81, 0x80, 0, 1, 0, (byte)addresses.Count, 0, 0, 0, 0]);
        reply.AddRange(query.AsSpan(12, end + 4 - 12));
        foreach (var address in addresses)
        {
            var bytes = address.GetAddressBytes();
            reply.AddRange([0xc0, 12, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 0, 0, (byte)bytes.Length]);
            reply.AddRange(bytes);
        }

        return [.. reply];
    }

    private static (string Name, int End) ReadName(byte[] query)
    {
        var labels = new List<string>();
        var at = 12;
        while (query[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
            at += query[at] + 1;
        }

        return (string.Join('.', labels), at + 1);
    }
}
