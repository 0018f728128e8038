using System.Net;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>Follows every internal link of every page.</summary>
public sealed class PageCrawlTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Every_internal_link_answers_and_every_anchor_exists()
    {
        using var reader = shared.Server.CreateClient();
        var start = reader.BaseAddress!;
        var pages = new Dictionary<string, HashSet<string>>();
        var links = new List<(string From, string Path, string Anchor)>();
        var waiting = new Queue<string>(["/models", "/docs", "/concepts/runs"]);
        while (waiting.TryDequeue(out var path))
        {
            if (pages.ContainsKey(path))
                continue;

            var response = await reader.GetAsync(path, Ct);
            if (response.StatusCode == HttpStatusCode.SeeOther)
            {
                // A page with data asks who reads it.
                response.Headers.Location!.OriginalString.ShouldStartWith("/sign-in?return=");
                pages[path] = [];
                waiting.Enqueue(response.Headers.Location.OriginalString);
                continue;
            }

            response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}, linked from {string.Join(", ", links.Where(l => l.Path == path).Select(l => l.From))}");
            if (response.Content.Headers.ContentType!.MediaType != "text/html")
            {
                pages[path] = [];
                continue;
            }

            var html = await response.Content.ReadAsStringAsync(Ct);
            pages[path] = PageLinks.Anchors(html);
            foreach (var link in PageLinks.Of(html).Where(link => !link.StartsWith("data:", StringComparison.Ordinal)))
            {
                var target = new Uri(new Uri(start, path), link);
                if (target.Authority != start.Authority)
                    continue;

                links.Add((path, target.PathAndQuery, target.Fragment.TrimStart('#')));
                waiting.Enqueue(target.PathAndQuery);
            }
        }

        pages.Count.ShouldBeGreaterThan(40);
        foreach (var (from, path, anchor) in links.Where(link => link.Anchor.Length > 0).Distinct())
            pages[path].ShouldContain(Uri.UnescapeDataString(anchor), $"{from} links to {path}#{anchor}");
    }

    [Fact]
    public async Task No_page_of_text_has_a_script_a_style_attribute_or_a_part_from_another_host()
    {
        using var reader = shared.Server.CreateClient();
        foreach (var path in new[] { "/models/alibaba/wan/v2.7/image-to-video?tab=docs", "/docs", "/docs/api", "/docs/engines/motion", "/concepts/errors" })
        {
            var response = await reader.GetAsync(path, Ct);
            var html = await response.Content.ReadAsStringAsync(Ct);

            html.ShouldNotContain("<script");
            html.ShouldNotContain(" style=");
            html.Split(" src=\"").Skip(1).ShouldAllBe(part => part.StartsWith('/'));
            html.Split("rel=\"stylesheet\" href=\"").Skip(1).ShouldAllBe(part => part.StartsWith('/'));
            response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'self'; img-src 'self'");
        }
    }
}
