using System.Buffers.Binary;

namespace Kinema.Server.Requests;

/// <summary>Passes a stream on and remembers its last four bytes.</summary>
internal sealed class TailStream(Stream inner) : ReadOnlyStream
{
    private readonly byte[] _tail = new byte[sizeof(uint)];

    /// <summary>The last four bytes read as a number, least significant byte first.</summary>
    public uint Tail => BinaryPrimitives.ReadUInt32LittleEndian(_tail);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        var latest = buffer.Span[Math.Max(0, read - _tail.Length)..read];
        _tail.AsSpan(latest.Length).CopyTo(_tail);
        latest.CopyTo(_tail.AsSpan(_tail.Length - latest.Length));
        return read;
    }
}
