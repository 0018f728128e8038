using System.Security.Cryptography;
using System.Text;
using Kinema.Pages.Components;
using Kinema.Pages.Documents;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>Answers with a page: as HTML, or as its Markdown where the caller asks for that. Nothing on it may run or come from elsewhere.</summary>
internal sealed class PageWriter(ComponentRenderer components, MarkdownRenderer markdown, StyleSheet style, IPageAddress address)
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const string Markdown = "text/markdown";

    /// <summary>Whether the caller names Markdown, and not HTML, among the types it accepts.</summary>
    public static bool PrefersMarkdown(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && Quality(accepted, Markdown) > Quality(accepted, "text/html");

    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    /// <param name="asMarkdown">Whether the path asks for Markdown.</param>
    public async Task WriteAsync(HttpContext context, TextContent page, bool asMarkdown)
    {
        if (asMarkdown || PrefersMarkdown(context.Request))
        {
            await WriteMarkdownAsync(context, page.Markdown, page.Status);
            return;
        }

        var rendered = markdown.Render(page.Markdown, page.DocumentPath);
        var html = await components.RenderAsync<TextPage>(new
        {
            page.Title,
            page.Description,
            Style = style.Url,
            page.Section,
            Alternate = page.Status == StatusCodes.Status200OK ? page.Route + ".md" : null,
            rendered.Headings,
            page.Links,
            rendered.Html,
        });
        await SendAsync(context, html, "text/html; charset=utf-8", page.Status);
    }

    /// <summary>Answers with Markdown, headed by the way to all other pages.</summary>
    public Task WriteMarkdownAsync(HttpContext context, string text, int status = StatusCodes.Status200OK) =>
        SendAsync(context, $"> Index of all pages: <{new Uri(address.Base, "llms.txt")}>\n\n{text}", $"{Markdown}; charset=utf-8", status);

    /// <summary>Answers with another component's page.</summary>
    public async Task WriteAsync<TPage>(HttpContext context, object parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        await SendAsync(context, await components.RenderAsync<TPage>(parameters), "text/html; charset=utf-8", StatusCodes.Status200OK);

    public static async Task SendAsync(HttpContext context, string text, string contentType, int status = StatusCodes.Status200OK)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"";
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.Vary = HeaderNames.Accept;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = tag;
        if (status == StatusCodes.Status200OK && context.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(entry => entry.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Quality ?? 1).DefaultIfEmpty(0).Max();
}
