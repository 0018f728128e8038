using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>Bytes that stay the same while the server runs, sent as they are or in gzip, which every browser reads, also without TLS.</summary>
internal sealed class StaticContent(byte[] plain)
{
    /// <summary>What a slow reader makes the host hold.</summary>
    private const int Slice = 16 * 1024;

    private byte[]? _packed;

    public byte[] Plain { get; } = plain;

    /// <summary>Packed when somebody first asks for it; that two do it at once does no harm.</summary>
    private byte[] Packed => _packed ??= Pack(Plain);

    /// <summary>Sends the body with the headers that describe it. The caller has set all others.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mayPack">Not where the content holds a secret beside what a caller sent: its packed length would tell of it.</param>
    public async Task SendAsync(HttpContext context, bool mayPack = true)
    {
        var response = context.Response;
        var body = Plain;
        if (mayPack)
        {
            response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            if (AcceptsGzip(context.Request))
            {
                response.Headers.ContentEncoding = "gzip";
                body = Packed;
            }
        }

        response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        for (var at = 0; at < body.Length; at += Slice)
        {
            await response.Body.WriteAsync(body.AsMemory(at, Math.Min(Slice, body.Length - at)), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>Sends it as a file whose URL names its content.</summary>
    public Task SendFileAsync(HttpContext context, string contentType)
    {
        DescribeFile(context.Response, contentType);
        return SendAsync(context);
    }

    public static void DescribeFile(HttpResponse response, string contentType)
    {
        response.ContentType = contentType;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    public static bool AcceptsGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is null or > 0);

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
