using Kinema.Pages.Components;
using Kinema.Pages.Documents;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>Answers with a page: as HTML, or as its Markdown where the caller asks for that.</summary>
internal sealed class PageWriter(
    ComponentRenderer components, MarkdownRenderer markdown, MarkdownLinks links, PageSender sender, StyleSheet style, IPageAddress address)
{
    public const string PlainText = "text/plain; charset=utf-8";

    private const string Html = "text/html; charset=utf-8";
    private const string Markdown = "text/markdown";

    /// <param name="title">Title of the page.</param>
    /// <param name="description">One sentence for search engines.</param>
    /// <param name="section">Its entry of the main navigation.</param>
    /// <param name="alternate">Its route as Markdown.</param>
    public PageFrame Frame(string title, string description, string? section, string? alternate) => new()
    {
        Title = title,
        Description = description,
        Root = address.Root,
        Style = address.Root + style.Url,
        Section = section,
        Alternate = alternate is null ? null : address.Root + alternate,
    };

    /// <summary>Whether the caller prefers Markdown to HTML.</summary>
    public static bool PrefersMarkdown(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && Quality(accepted, Markdown) > Quality(accepted, "text/html");

    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    /// <param name="asMarkdown">Whether the path asks for Markdown.</param>
    public Task WriteAsync(HttpContext context, TextContent page, bool asMarkdown) => asMarkdown || PrefersMarkdown(context.Request)
        ? WriteMarkdownAsync(context, page)
        : sender.SendAsync(context, page.Route, Html, () => RenderAsync(page), page.Status);

    /// <summary>Answers with Markdown, headed by the way to all other pages.</summary>
    public Task WriteMarkdownAsync(HttpContext context, TextContent page)
    {
        return sender.SendAsync(context, page.Route + ".md", $"{Markdown}; charset=utf-8", () => Task.FromResult(Compose()), page.Status);

        string Compose() => $"> Index of all pages: <{new Uri(address.Base, "llms.txt")}>\n\n{links.Resolve(page.Markdown(), page.DocumentPath, address.Root)}";
    }

    /// <summary>Answers with another component's page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">The page's route.</param>
    /// <param name="parameters">Makes the component's; not called where the page is kept already.</param>
    /// <param name="policy">The page's content security policy, where it needs one of its own.</param>
    public Task WriteAsync<TPage>(HttpContext context, string route, Func<object> parameters, string policy = PageSender.DefaultPolicy)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        sender.SendAsync(context, route, Html, () => components.RenderAsync<TPage>(parameters()), policy: policy);

    private Task<string> RenderAsync(TextContent page)
    {
        var rendered = markdown.Render(page.Markdown(), page.DocumentPath, address.Root);
        var alternate = page.Status == StatusCodes.Status200OK ? page.Route + ".md" : null;
        var frame = Frame(page.Title, page.Description, page.Section, alternate) with { Headings = rendered.Headings };
        return components.RenderAsync<TextPage>(new { Frame = frame, page.Links, rendered.Html });
    }

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(entry => entry.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Quality ?? 1).DefaultIfEmpty(0).Max();
}
