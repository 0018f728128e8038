using Kinema.Pages.Components;
using Kinema.Pages.Documents;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>Answers with a page: as HTML, or as its Markdown where the caller asks for that.</summary>
internal sealed class PageWriter(
    ComponentRenderer components, MarkdownRenderer markdown, MarkdownLinks links, PageSender sender, StyleSheet style, IPageAddress address)
{
    public const string Html = "text/html; charset=utf-8";
    public const string PlainText = "text/plain; charset=utf-8";

    private const string Markdown = "text/markdown";

    /// <summary>The path that a proxy puts before every path, without a slash at the end; usually empty.</summary>
    public string Root => address.Base.AbsolutePath.TrimEnd('/');

    public string StyleUrl => Root + style.Url;

    /// <summary>Whether the caller prefers Markdown to HTML.</summary>
    public static bool PrefersMarkdown(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Quality(accepted, Markdown) > Quality(accepted, "text/html");

    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    /// <param name="asMarkdown">Whether the path asks for Markdown.</param>
    public Task WriteAsync(HttpContext context, TextContent page, bool asMarkdown) => asMarkdown || PrefersMarkdown(context.Request)
        ? WriteMarkdownAsync(context, page)
        : WriteAsync(context, page.Route, page.Status, () => RenderAsync(page));

    /// <summary>Answers with Markdown, headed by the way to all other pages.</summary>
    public Task WriteMarkdownAsync(HttpContext context, TextContent page)
    {
        const string type = $"{Markdown}; charset=utf-8";
        return page.Status == StatusCodes.Status200OK
            ? sender.SendAsync(context, page.Route + ".md", type, () => Task.FromResult(Compose()))
            : PageSender.SendAsync(context, new CachedPage(Compose(), type), page.Status);

        string Compose() => $"> Index of all pages: <{new Uri(address.Base, "llms.txt")}>\n\n{links.Resolve(page.Markdown, page.DocumentPath, Root)}";
    }

    /// <summary>Answers with another component's page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">The page's route.</param>
    /// <param name="parameters">Of the component.</param>
    public Task WriteAsync<TPage>(HttpContext context, string route, object parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        WriteAsync(context, route, StatusCodes.Status200OK, () => components.RenderAsync<TPage>(parameters));

    private async Task WriteAsync(HttpContext context, string route, int status, Func<Task<string>> compose)
    {
        if (status == StatusCodes.Status200OK)
            await sender.SendAsync(context, route, Html, compose);
        else
            await PageSender.SendAsync(context, new CachedPage(await compose(), Html), status);
    }

    private Task<string> RenderAsync(TextContent page)
    {
        var rendered = markdown.Render(page.Markdown, page.DocumentPath, Root);
        return components.RenderAsync<TextPage>(new
        {
            page.Title,
            page.Description,
            Root,
            Style = StyleUrl,
            page.Section,
            Alternate = page.Status == StatusCodes.Status200OK ? $"{Root}{page.Route}.md" : null,
            rendered.Headings,
            page.Links,
            rendered.Html,
        });
    }

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(entry => entry.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Quality ?? 1).DefaultIfEmpty(0).Max();
}
