using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>The tab of a model's page with the interactive reference. What it does in a browser is tested in one.</summary>
public sealed partial class ReferencePageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Tab = "/models/alibaba/wan/v2.7/image-to-video?tab=api";

    [Fact]
    public async Task Neither_the_page_nor_its_own_script_names_another_host()
    {
        using var reader = shared.Server.CreateClient();
        var html = await reader.GetStringAsync(Tab, Ct);
        var own = await reader.GetStringAsync(PageLinks.Of(html).Single(link => link.StartsWith("/pages/reference.js", StringComparison.Ordinal)), Ct);

        OtherHost().IsMatch(html).ShouldBeFalse();
        OtherHost().IsMatch(own).ShouldBeFalse();
        PageLinks.Of(html).Where(link => link != "data:,").ShouldAllBe(link => link.StartsWith('/'));
        foreach (var setting in new[] { "withDefaultFonts: false", "telemetry: false", "proxyUrl: \"\"", "agent: { disabled: true }", "mcp: { disabled: true }" })
            own.ShouldContain(setting);
    }

    [Fact]
    public async Task Its_policy_lets_scripts_styles_and_requests_only_at_this_server()
    {
        using var reader = shared.Server.CreateClient();
        var policy = (await reader.GetAsync(Tab, Ct)).Headers.GetValues("Content-Security-Policy").Single();

        policy.ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';");
        policy.ShouldContain("connect-src 'self';");
        OtherHost().IsMatch(policy).ShouldBeFalse();
    }

    [Fact]
    public async Task Its_scripts_are_served_from_here_packed_for_those_who_take_it_and_kept_by_browsers()
    {
        using var reader = shared.Server.CreateClient();
        var scripts = PageLinks.Of(await reader.GetStringAsync(Tab, Ct)).Where(link => link.StartsWith("/pages/", StringComparison.Ordinal)).ToList();
        scripts.Count.ShouldBe(2);
        foreach (var script in scripts)
        {
            var response = await reader.GetAsync(script, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
            response.Headers.CacheControl!.ToString().ShouldContain("immutable");
        }

        var plain = await reader.GetByteArrayAsync(scripts[0], Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, scripts[0]) { Headers = { { "Accept-Encoding", "br, gzip" } } };
        var packed = await reader.SendAsync(request, Ct);
        packed.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        var bytes = await packed.Content.ReadAsByteArrayAsync(Ct);
        bytes.Length.ShouldBeLessThan(plain.Length / 2);
        using var unpacked = new MemoryStream();
        await using (var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            await stream.CopyToAsync(unpacked, Ct);
        unpacked.ToArray().ShouldBe(plain);
    }

    [Fact]
    public async Task A_page_of_no_model_has_no_such_tab_and_the_model_s_page_links_it()
    {
        using var reader = shared.Server.CreateClient();
        (await reader.GetAsync("/models/nobody/nothing?tab=api", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        PageLinks.Of(await reader.GetStringAsync(Tab.Split('?')[0], Ct)).ShouldContain(Tab);
    }

    [GeneratedRegex(@"(https?:)?//[a-z0-9]", RegexOptions.IgnoreCase)]
    private static partial Regex OtherHost();
}
