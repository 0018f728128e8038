using System.Net;
using System.Text.Json.Nodes;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>Every page is HTML for people and Markdown for programs.</summary>
public sealed class PageFormatTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Model = "/models/alibaba/wan/v2.7/image-to-video";
    private const string Docs = Model + "?tab=docs";

    [Theory]
    [InlineData("/models")]
    [InlineData(Model)]
    [InlineData("/concepts/runs")]
    [InlineData("/docs")]
    [InlineData("/docs/api")]
    [InlineData("/docs/adr")]
    [InlineData("/docs/README")]
    public async Task The_suffix_and_the_Accept_header_give_the_same_Markdown(string path)
    {
        var bySuffix = await GetAsync(path + ".md", accept: null);
        var byHeader = await GetAsync(path, "text/markdown, text/html;q=0.5");
        var html = await GetAsync(path, "text/html,application/xhtml+xml,*/*;q=0.8");

        bySuffix.StatusCode.ShouldBe(HttpStatusCode.OK);
        bySuffix.Content.Headers.ContentType!.ToString().ShouldBe("text/markdown; charset=utf-8");
        (await byHeader.Content.ReadAsStringAsync(Ct)).ShouldBe(await bySuffix.Content.ReadAsStringAsync(Ct));
        (await bySuffix.Content.ReadAsStringAsync(Ct)).ShouldContain("\n# ");
        html.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        html.Headers.Vary.ShouldContain("Accept");
        (await html.Content.ReadAsStringAsync(Ct)).ShouldContain($"href=\"{path}.md\"");
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_304()
    {
        var first = await GetAsync(Docs, accept: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, Docs);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var reader = shared.Server.CreateClient();

        (await reader.SendAsync(request, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("/models/nobody/nothing")]
    [InlineData("/models/nobody/nothing.md")]
    [InlineData("/docs/..%2F..%2Fetc/passwd")]
    [InlineData("/docs/nothing")]
    [InlineData("/concepts/nothing")]
    public async Task An_unknown_page_is_a_404_page(string path)
    {
        var response = await GetAsync(path, accept: null);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain("Page not found");
    }

    [Fact]
    public async Task The_root_leads_to_the_catalogue()
    {
        using var reader = shared.Server.CreateClient();
        var response = await reader.GetAsync("/", Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe("/models");
    }

    [Fact]
    public async Task The_index_for_programs_names_pages_that_answer()
    {
        using var reader = shared.Server.CreateClient();
        var index = await reader.GetStringAsync("/llms.txt", Ct);
        var urls = index.Split("](").Skip(1).Select(part => part[..part.IndexOf(')', StringComparison.Ordinal)]).ToList();

        urls.Count.ShouldBeGreaterThan(30);
        foreach (var url in urls)
            (await reader.GetAsync(url, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, url);
        var full = await reader.GetStringAsync("/llms-full.txt", Ct);
        full.ShouldContain("# Wan 2.7 - Image to Video");
        full.ShouldContain("# HTTP API");
        (await reader.GetStringAsync($"{Model}/llms.txt", Ct)).ShouldStartWith("# Wan 2.7 - Image to Video");
    }

    [Fact]
    public async Task The_catalogue_of_the_API_links_to_what_exists()
    {
        var response = await GetAsync("/.well-known/api-catalog", accept: null);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/linkset+json");
        var links = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["linkset"]![0]!;
        links["anchor"].Text().ShouldBe(new Uri(shared.Server.Url, "/").AbsoluteUri);
        using var reader = shared.Server.CreateClient();
        foreach (var link in links.AsObject().Where(member => member.Key != "anchor").SelectMany(member => member.Value!.AsArray()))
            (await reader.GetAsync(link!["href"].Text(), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, link["href"].Text());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var reader = shared.Server.CreateClient();
        return await reader.SendAsync(request, Ct);
    }
}
