using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>Sends pages, each composed once. Nothing on them may run or come from elsewhere.</summary>
internal sealed class PageSender
{
    /// <summary>What a slow reader makes the host hold.</summary>
    private const int Slice = 16 * 1024;

    private readonly ConcurrentDictionary<string, CachedPage> _pages = new();

    /// <param name="context">The request.</param>
    /// <param name="key">Names the page and its form; never taken from the request, so that nobody fills the memory with keys.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="compose">Composes it.</param>
    /// <param name="status">Its status; only a page with 200 is kept.</param>
    /// <param name="policy">Its content security policy, where it needs one of its own.</param>
    public async Task SendAsync(
        HttpContext context, string key, string contentType, Func<Task<string>> compose, int status = StatusCodes.Status200OK, string? policy = null)
    {
        CachedPage? page;
        if (status != StatusCodes.Status200OK)
            page = new CachedPage(await compose(), contentType);
        else if (!_pages.TryGetValue(key, out page))
            page = _pages.GetOrAdd(key, new CachedPage(await compose(), contentType));
        await WriteAsync(context, page, status, policy ?? PagePolicy.Text);
    }

    /// <summary>Sends a page that was made for this request.</summary>
    public static Task SendFreshAsync(HttpContext context, CachedPage page, int status, string policy) => WriteAsync(context, page, status, policy, isKept: false);

    private static async Task WriteAsync(HttpContext context, CachedPage page, int status, string policy, bool isKept = true)
    {
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        // Without a referrer a form has the origin "null", which tells nobody that it is ours.
        response.Headers["Referrer-Policy"] = isKept ? "no-referrer" : "same-origin";
        response.Headers.Vary = HeaderNames.Accept;
        response.Headers.CacheControl = isKept ? "no-cache" : "no-store";
        if (isKept)
            response.Headers.ETag = page.Tag.ToString();
        if (isKept && status == StatusCodes.Status200OK && IsKnown(context.Request, page.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.ContentType = page.ContentType;
        response.ContentLength = page.Bytes.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        for (var at = 0; at < page.Bytes.Length; at += Slice)
        {
            await response.Body.WriteAsync(page.Bytes.AsMemory(at, Math.Min(Slice, page.Bytes.Length - at)), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>Compares weakly (RFC 9110, section 13.1.2): a proxy that compresses weakens the tag.</summary>
    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(tag, useStrongComparison: false));
}
