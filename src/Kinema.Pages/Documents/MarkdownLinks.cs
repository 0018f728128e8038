using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Kinema.Pages.Documents;

/// <summary>Points the links of a document to the Markdown pages of this server, and leaves the rest of its text as it is.</summary>
internal sealed class MarkdownLinks(DocumentLibrary library)
{
    private readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().Build();

    /// <param name="text">Markdown.</param>
    /// <param name="path">Path of the document in the repository, which relative links start from.</param>
    /// <param name="root">The path that a proxy puts before every path.</param>
    public string Resolve(string text, string path, string root)
    {
        var result = new StringBuilder(text);
        var links = Markdown.Parse(text, _pipeline).Descendants<LinkInline>().Where(link => !link.IsAutoLink && !link.UrlSpan.IsEmpty && link.UrlSpan.End < text.Length);
        foreach (var link in links.OrderByDescending(link => link.UrlSpan.Start))
        {
            var (start, length) = (link.UrlSpan.Start, link.UrlSpan.Length);
            if (!text.AsSpan(start, length).SequenceEqual(link.Url) || DocumentLink.IsOutside(link.Url))
                continue;

            if (DocumentLink.Resolve(library, link.Url!, path) is { } target)
                result.Remove(start, length).Insert(start, root + target.Route + (target.IsPage ? ".md" : "") + target.Fragment);
            else if (!link.IsImage)
                result.Remove(link.Span.Start, link.Span.Length).Insert(link.Span.Start, text.AsSpan(link.LabelSpan.Start, link.LabelSpan.Length));
        }

        return result.ToString();
    }
}
