using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>Behind a proxy that serves Kinema under a path, every link begins with that path.</summary>
public sealed class PagePrefixTests(PagePrefixTests.PrefixedServer prefixed) : IClassFixture<PagePrefixTests.PrefixedServer>
{
    private const string Prefix = "/kinema";

    [Theory]
    [InlineData("/models")]
    [InlineData("/models/alibaba/wan/v2.7/image-to-video")]
    [InlineData("/docs")]
    [InlineData("/docs/api")]
    [InlineData("/docs/gallery")]
    public async Task Every_link_of_a_page_has_the_prefix_of_the_public_URL(string path)
    {
        using var reader = prefixed.Server.CreateClient();
        var links = PageLinks.Of(await reader.GetStringAsync(path, Ct)).Where(link => link.StartsWith('/')).ToList();

        links.Count.ShouldBeGreaterThan(5);
        links.ShouldAllBe(link => link.StartsWith(Prefix + "/"));
        var markdown = await reader.GetStringAsync(path + ".md", Ct);
        markdown.ShouldNotContain("](/docs");
        markdown.ShouldNotContain("](/models");
        (await reader.GetAsync("/docs/api", Ct)).Headers.ETag.ShouldNotBeNull();
    }

    public sealed class PrefixedServer : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Server = await TestServer.StartAsync(["Worker:Enabled=false", $"Server:PublicBaseUrl=https://example.com{Prefix}"]);

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
