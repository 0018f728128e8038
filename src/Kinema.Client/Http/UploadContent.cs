using System.Net;
using System.Net.Http.Headers;

namespace Kinema.Client;

/// <summary>The rest of a stream as a body. It leaves the stream open, and sends the same bytes again if the stream can seek.</summary>
internal sealed class UploadContent : HttpContent
{
    private readonly Stream _source;
    private readonly long _length;
    private readonly long _start;

    public UploadContent(Stream source, string mimeType, long length)
    {
        (_source, _length, _start) = (source, length, source.CanSeek ? source.Position : 0);
        Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_source.CanSeek)
            _source.Position = _start;
        return _source.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
