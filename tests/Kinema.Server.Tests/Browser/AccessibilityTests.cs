using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Browser;

/// <summary>axe-core looks at every kind of page. The interactive reference is not ours and is left out.</summary>
public sealed class AccessibilityTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] _pages =
    [
        "/models", "/models/alibaba/wan/v2.7/image-to-video", "/concepts/runs", "/docs", "/docs/api", "/docs/engines/motion", "/docs/gallery", "/docs/nothing",
    ];

    [Theory]
    [InlineData(1280, "light")]
    [InlineData(1280, "dark")]
    [InlineData(360, "light")]
    [InlineData(360, "dark")]
    public async Task Axe_finds_nothing_and_no_page_is_wider_than_the_screen(int width, string colours)
    {
        var axe = Repository.File("tests", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipWhen(HeadlessBrowser.Find() is null, "No Chromium is installed.");
        Assert.SkipUnless(File.Exists(axe), "axe-core is not installed: npm ci --prefix tests --ignore-scripts");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        using var browser = HeadlessBrowser.Open(HeadlessBrowser.Find()!, new Uri("about:blank"));
        using var tools = await DevTools.AttachAsync(browser, limit.Token);
        await tools.ShowAsAsync(width, colours, limit.Token);
        var script = await File.ReadAllTextAsync(axe, limit.Token);

        List<string> findings = [];
        foreach (var path in _pages)
        {
            var page = new Uri(shared.Server.Url, path);
            await tools.OpenAsync(page, limit.Token);
            await tools.WaitUntilLoadedAsync(page, limit.Token);
            (await tools.EvaluateAsync("matchMedia('(prefers-color-scheme: dark)').matches", limit.Token))!.GetValue<bool>().ShouldBe(colours == "dark");
            if ((await tools.EvaluateAsync("document.documentElement.scrollWidth", limit.Token))!.GetValue<int>() is var wide && wide > width)
                findings.Add($"{path} is {wide} wide");
            await tools.EvaluateAsync(script + "; 0", limit.Token);
            findings.AddRange((await FindAsync(tools, limit.Token)).Select(finding => $"{path} {finding}"));
        }

        findings.ShouldBeEmpty();
    }

    /// <summary>Nothing is asked of the network: the pages' policy allows no request.</summary>
    private static async Task<IEnumerable<string>> FindAsync(DevTools tools, CancellationToken ct)
    {
        const string run = "axe.run(document, { preload: false }).then(result => { if (result.passes.length < 10) throw new Error('axe did not look'); return result.violations; })";
        return (await tools.EvaluateAsync(run, ct))!.AsArray().SelectMany(rule => rule!["nodes"]!.AsArray().Select(node =>
            $"{rule["id"].Text()} ({rule["impact"].Text()}) at {node!["target"]!.ToJsonString()}: {Summary(node)}"));
    }

    private static string Summary(JsonNode node) => node["failureSummary"].Text().ReplaceLineEndings(" ");
}
