using Kinema.Core.Catalog;
using Kinema.Pages.Components;
using Kinema.Pages.Documents;
using Kinema.Pages.Models;
using Kinema.Pages.Modules;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>Answers with a page: as HTML, or as its Markdown where the caller asks for that.</summary>
internal sealed class PageWriter(
    ComponentRenderer components,
    MarkdownRenderer markdown,
    MarkdownLinks links,
    PageSender sender,
    StyleSheet style,
    PageModules modules,
    ModelTabs tabs,
    IEnumerable<SiteSection> sections,
    IPageAddress address) : IPageWriter
{
    public const string PlainText = "text/plain; charset=utf-8";

    private const string Html = "text/html; charset=utf-8";
    private const string Markdown = "text/markdown";

    private readonly SiteSection[] _sections = [.. sections.OrderBy(section => section.Order)];

    public PageFrame Frame(string title, string description, string? section = null, string? alternate = null) => new()
    {
        Title = title,
        Description = description,
        Root = address.Root,
        Base = address.Base,
        Style = address.Root + style.Url,
        Sections = [.. _sections.Select(entry => new PageLink(entry.Href, entry.Text, entry.Href == section))],
        Alternate = alternate is null ? null : address.Root + alternate,
    };

    public PageFrame Frame(ModelManifest model, string tab) =>
        Frame(model.Name, model.Tagline, "/models", $"/models/{model.Slug}.md") with { Tabs = tabs.Links(model, tab) };

    public string ModuleUrl(string name) => address.Root + modules.Path(name);

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
    public Task WriteAsync<TPage>(HttpContext context, string route, Func<object> parameters, string? policy = null)
        where TPage : IComponent =>
        sender.SendAsync(context, route, Html, () => components.RenderAsync<TPage>(parameters()), policy: policy);

    public async Task WriteFreshAsync<TPage>(
        HttpContext context, PageFrame frame, IReadOnlyDictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var html = await components.RenderAsync<TPage>(new Dictionary<string, object?>(parameters) { ["Frame"] = frame });
        await PageSender.SendFreshAsync(context, new CachedPage(html, Html), status, PagePolicy.For(frame));
    }

    private Task<string> RenderAsync(TextContent page)
    {
        var rendered = markdown.Render(page.Markdown(), page.DocumentPath, address.Root);
        var alternate = page.Status == StatusCodes.Status200OK ? page.Route + ".md" : null;
        var frame = Frame(page.Title, page.Description, page.Section, alternate) with { Headings = rendered.Headings, Tabs = page.Tabs };
        return components.RenderAsync<TextPage>(new { Frame = frame, page.Links, rendered.Html });
    }

    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(entry => entry.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Quality ?? 1).DefaultIfEmpty(0).Max();
}
