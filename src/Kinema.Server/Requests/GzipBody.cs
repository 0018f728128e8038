using System.IO.Compression;
using Kinema.Server.Errors;

namespace Kinema.Server.Requests;

/// <summary>
/// Unpacks a gzip body. Refuses what <see cref="GZipStream"/> lets pass: a body that was cut off, which it takes for a short one, and bytes after the end.
/// </summary>
/// <param name="packed">The body as it comes; the host bounds it.</param>
/// <param name="limit">Most bytes after unpacking.</param>
internal sealed class GzipBody(Stream packed, long limit) : ReadOnlyStream
{
    private readonly TailStream _packed = new(packed);
    private GZipStream? _unpacked;
    private long _length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;

        try
        {
            _unpacked ??= new GZipStream(_packed, CompressionMode.Decompress);
            var read = await _unpacked.ReadAsync(buffer, cancellationToken);
            _length += read;
            if (_length > limit)
                throw new RefusedBodyException(ApiErrors.PayloadTooLarge($"The unpacked body is longer than {limit} bytes, the most that this route takes."));
            if (read == 0 && !await IsWholeAsync(cancellationToken))
                throw Broken();
            return read;
        }
        catch (InvalidDataException e)
        {
            throw Broken(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Gzip ends with the length of its content (RFC 1952, section 2.3.1).</summary>
    private async Task<bool> IsWholeAsync(CancellationToken ct)
    {
        await _packed.CopyToAsync(Null, ct);
        return _packed.Tail == (uint)_length;
    }

    private static RefusedBodyException Broken(Exception? cause = null) => new(
        ApiErrors.BadRequest("The body is not one whole gzip file, though its Content-Encoding says gzip: it is damaged, cut off or not packed."), cause);
}
