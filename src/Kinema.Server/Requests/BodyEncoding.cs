using Kinema.Core.Catalog;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Requests;

/// <summary>Reads <c>Content-Encoding</c>: JSON bodies may be packed with gzip, once. The limits of the body count unpacked.</summary>
internal static class BodyEncoding
{
    private const string Gzip = "gzip";

    public static bool IsPacked(HttpRequest request) => Read(request).Length > 0;

    /// <summary>Returns the error for an encoding that is not read.</summary>
    public static ApiError? Refuse(HttpRequest request)
    {
        if (Read(request) is [] or [Gzip])
            return null;

        request.HttpContext.Response.Headers.AcceptEncoding = "gzip, identity";
        return ApiErrors.UnsupportedMediaType(
            $"A body may come plain or with Content-Encoding: gzip; got \"{ReceivedValue.Shorten(request.Headers.ContentEncoding.ToString())}\".");
    }

    /// <summary>Returns the body without its encoding.</summary>
    public static Stream Open(HttpRequest request) =>
        IsPacked(request) ? new GzipBody(request.Body, BodyLimit.Of(request) ?? JsonBody.MaxBytes) : request.Body;

    /// <summary>The encodings in the order in which they were applied; <c>identity</c> is none, and <c>x-gzip</c> is gzip (RFC 9110, section 8.4.1).</summary>
    private static string[] Read(HttpRequest request) => request.Headers.ContentEncoding.Count == 0 ? [] :
    [
        .. request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding)
            .Select(name => name.Trim().ToLowerInvariant())
            .Where(name => name is not ("" or "identity"))
            .Select(name => name == "x-gzip" ? Gzip : name),
    ];
}
