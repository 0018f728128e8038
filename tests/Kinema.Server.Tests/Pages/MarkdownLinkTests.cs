using System.Net;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>A program that reads the Markdown pages follows their links as well as a reader of the HTML.</summary>
public sealed class MarkdownLinkTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Every_internal_link_of_every_Markdown_page_answers()
    {
        using var reader = shared.Server.CreateClient();
        var index = await reader.GetStringAsync("/llms.txt", Ct);
        var pages = LinksOf(index).Where(url => url.EndsWith(".md", StringComparison.Ordinal)).ToList();
        pages.Count.ShouldBeGreaterThan(30);
        var seen = new HashSet<Uri>();
        foreach (var page in pages.Select(url => new Uri(url)))
        {
            foreach (var link in LinksOf(await reader.GetStringAsync(page, Ct)).Select(url => new Uri(page, url)).Where(url => url.Authority == page.Authority))
            {
                if (seen.Add(new Uri(link.GetLeftPart(UriPartial.Query))))
                    (await reader.GetAsync(link, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, $"{link}, linked from {page}");
            }
        }

        seen.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task A_tag_that_a_proxy_weakened_is_known()
    {
        using var reader = shared.Server.CreateClient();
        var tag = (await reader.GetAsync("/docs/api", Ct)).Headers.ETag!.Tag;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/api");
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"other\", W/{tag}");

        (await reader.SendAsync(request, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private static IEnumerable<string> LinksOf(string markdown) => Markdown.Parse(markdown, new MarkdownPipelineBuilder().UsePipeTables().Build())
        .Descendants<LinkInline>().Select(link => link.Url!).Where(url => url.Length > 0);
}
