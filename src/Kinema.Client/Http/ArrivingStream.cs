namespace Kinema.Client;

/// <summary>An answer as it arrives. A read waits for the next bytes only so long: TCP alone notices a server that is gone after hours, or never.</summary>
internal sealed class ArrivingStream(Stream inner, TimeSpan silence, TimeProvider timeProvider) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var limit = new TimeLimit(silence, timeProvider, cancellationToken);
        try
        {
            return await limit.HoldAsync(token => inner.ReadAsync(buffer, token).AsTask()).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            // Not an IOException: the caller's own file may throw those.
            throw new HttpRequestException($"The answer broke off: {e.Message}", e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
