using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Files;

/// <summary>Response with a stored file. The framework handles ranges, conditions and HEAD; the headers make it safe in a browser.</summary>
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

        // A range or condition that cannot be met is an error without a body; the middleware writes the JSON error.
        if (httpContext.Response is { StatusCode: >= 400, HasStarted: false })
        {
            headers.ContentDisposition = default;
            headers.ContentType = default;
        }
    }

    /// <summary>Shows images, videos and audio inline; other content is always a download.</summary>
    private string Disposition()
    {
        var shows = ContentType is "video/mp4" or "image/jpeg" or "image/png" or "image/webp" or "audio/wav" or "audio/mpeg";
        var disposition = new ContentDispositionHeaderValue(shows ? "inline" : "attachment");
        disposition.SetHttpFileName(FileName);
        return disposition.ToString();
    }
}
