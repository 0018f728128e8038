using System.Net;
using System.Net.Http.Headers;

namespace Kinema.Client;

/// <summary>The rest of a stream as a body. It leaves the stream open, and sends the same bytes again if the stream can seek.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int BlockBytes = 81_920;

    private readonly Stream _source;
    private readonly long _length;
    private readonly long _start;
    private readonly Action _moved;

    /// <param name="source">The stream.</param>
    /// <param name="mimeType">Content type.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="moved">Told of every block that was sent.</param>
    public UploadContent(Stream source, string mimeType, long length, Action moved)
    {
        (_source, _length, _start, _moved) = (source, length, source.CanSeek ? source.Position : 0, moved);
        Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_source.CanSeek)
            _source.Position = _start;

        var block = new byte[BlockBytes];
        while (await _source.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            await stream.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            _moved();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
