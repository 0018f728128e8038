using System.Buffers;

namespace Kinema.Server.Requests;

/// <summary>A request's body in pooled memory, which is free again when this is disposed.</summary>
internal sealed class PooledBody(ArrayPool<byte> pool, int capacity, IDisposable? share = null) : IDisposable
{
    private byte[]? _array = pool.Rent(capacity);
    private int _length;

    public Memory<byte> Bytes => Array.AsMemory(0, _length);

    public bool IsFull => _length == capacity;

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledBody));

    /// <summary>Reads until the stream ends or the memory is full.</summary>
    public async Task FillAsync(Stream stream, CancellationToken ct)
    {
        int read;
        while (!IsFull && (read = await stream.ReadAsync(Array.AsMemory(_length, capacity - _length), ct)) > 0)
            _length += read;
    }

    public void Append(ReadOnlyMemory<byte> bytes)
    {
        bytes.CopyTo(Array.AsMemory(_length, capacity - _length));
        _length += bytes.Length;
    }

    public void Dispose()
    {
        if (_array is { } array)
            pool.Return(array);
        _array = null;
        share?.Dispose();
    }
}
