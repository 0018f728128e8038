using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Files;

/// <summary>A stored file as an answer: ranges, conditions and HEAD by the framework; the headers make it harmless in a browser.</summary>
internal sealed record SignedFile(string Path, string ContentType, string FileName, string Digest, DateTimeOffset Expires) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var timeProvider = (TimeProvider)httpContext.RequestServices.GetService(typeof(TimeProvider))!;
        var seconds = Math.Max(0, (long)(Expires - timeProvider.GetUtcNow()).TotalSeconds);
        var headers = httpContext.Response.Headers;
        headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={seconds}");
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'";
        headers.ContentDisposition = Disposition();
        await TypedResults.PhysicalFile(Path, ContentType, entityTag: new EntityTagHeaderValue($"\"{Digest}\""), enableRangeProcessing: true).ExecuteAsync(httpContext);

        // A range or condition that cannot be met is an error without the file; it gets the envelope like every other.
        if (httpContext.Response is { StatusCode: >= 400, HasStarted: false })
        {
            headers.ContentDisposition = default;
            headers.ContentType = default;
        }
    }

    /// <summary>Pictures, videos and sound show in place; anything else a caller stored is only ever saved.</summary>
    private string Disposition()
    {
        var shows = ContentType is "video/mp4" or "image/jpeg" or "image/png" or "image/webp" or "audio/wav" or "audio/mpeg";
        var disposition = new ContentDispositionHeaderValue(shows ? "inline" : "attachment");
        disposition.SetHttpFileName(FileName);
        return disposition.ToString();
    }
}
