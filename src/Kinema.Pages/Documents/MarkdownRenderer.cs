using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Kinema.Pages.Documents;

/// <summary>Turns Markdown into HTML: headings with ids, links to the pages of this server, tables and code that can be scrolled with the keyboard.</summary>
internal sealed class MarkdownRenderer(DocumentLibrary library)
{
    private readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoLinks()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .DisableHtml()
        .Build();

    /// <param name="text">Markdown.</param>
    /// <param name="path">Path of the document in the repository, which relative links start from.</param>
    /// <param name="root">The path that a proxy puts before every path.</param>
    public RenderedMarkdown Render(string text, string path, string root)
    {
        var document = Markdown.Parse(text, _pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Rewrite(link, path, root);

        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        _pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new ScrollableTableRenderer());
        renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        foreach (var code in document.Descendants<CodeBlock>())
            code.GetAttributes().AddProperty("tabindex", "0");
        renderer.Render(document);
        return new(html.ToString(), [.. document.OfType<HeadingBlock>().Where(heading => heading.Level == 2).Select(Heading)]);
    }

    private static PageHeading Heading(HeadingBlock heading)
    {
        var text = string.Concat(heading.Inline!.Descendants<LeafInline>().Select(part => part switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            _ => "",
        }));
        return new(heading.GetAttributes().Id ?? "", text);
    }

    private void Rewrite(LinkInline link, string path, string root)
    {
        if (DocumentLink.IsOutside(link.Url))
            return;

        if (DocumentLink.Resolve(library, link.Url!, path) is { } target)
            link.Url = root + target.Route + target.Fragment;
        else if (!link.IsImage)
            Unlink(link);
    }

    /// <summary>Leaves the text of a link to a file that only the repository has.</summary>
    private static void Unlink(LinkInline link)
    {
        foreach (var child in link.ToList())
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }
}
