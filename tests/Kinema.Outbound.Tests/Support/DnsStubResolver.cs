using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kinema.Outbound.Connections;

namespace Kinema.Outbound.Tests.Support;

/// <summary>Asks the stub for A and AAAA over UDP, as a stub resolver does.</summary>
internal sealed class DnsStubResolver(DnsStub stub) : INameResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken ct) =>
        [.. await AskAsync(name, 1, ct), .. await AskAsync(name, 28, ct)];

    private async Task<List<IPAddress>> AskAsync(string name, byte type, CancellationToken ct)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await socket.SendAsync(Question(name, type), stub.EndPoint, ct);
        var reply = (await socket.ReceiveAsync(ct)).Buffer;

        var at = 12;
        while (reply[at] != 0)
            at += reply[at] + 1;
        at += 5;

        var addresses = new List<IPAddress>();
        for (var i = BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(6)); i > 0; i--)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(at + 10));
            addresses.Add(new IPAddress(reply.AsSpan(at + 12, length)));
            at += 12 + length;
        }

        return addresses;
    }

    private static byte[] Question(string name, byte type)
    {
        List<byte> query = [0x4b, 0x4d, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            query.Add((byte)label.Length);
            query.AddRange(Encoding.ASCII.GetBytes(label));
        }

        query.AddRange([0, 0, type, 0, 1]);
        return [.. query];
    }
}
