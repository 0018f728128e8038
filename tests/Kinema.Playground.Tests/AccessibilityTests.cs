using System.Text.Json;
using Kinema.TestSupport;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>axe-core looks at every page of the playground, as a visitor sees it.</summary>
public sealed class AccessibilityTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] _pages =
    [
        "/models", Scene.ModelPage, $"{Scene.ModelPage}?tab=examples", "/runs", "/settings", "/settings/keys", "/settings/callback-secrets", "/settings/usage",
        "/settings/limits", "/settings/engines", "/settings/callback-tester", "/sign-in",
        "/connect/api-key?api_key_name=tool&scopes=runs:read&redirect_to=http://localhost:5180/",
    ];

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_no_page_is_wider_than_the_screen(int width, ColorScheme colours)
    {
        var axe = Repository.File("tests", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "axe-core is not installed: npm ci --prefix tests --ignore-scripts");
        var script = await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken);
        await using var held = await HeldServer.StartAsync();
        held.Release();
        var (first, second) = (await held.CreateRunAsync(), await held.CreateRunAsync("pan left"));
        foreach (var run in new[] { first, second })
            await held.Server.Client.GetStringAsync($"/v1/runs/{run}/events", TestContext.Current.CancellationToken);
        var page = await browser.OpenAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = width, Height = 800 } });
        await Scene.SignInAsync(page, held.Server.Url, held.Server.Caller.Token);

        List<string> findings = [];
        foreach (var path in _pages.Concat([$"{Scene.ModelPage}?run={first}", $"/runs/{first}", $"/runs/compare?a={first}&b={second}"]))
        {
            var answer = await page.GotoAsync(new Uri(held.Server.Url, path).AbsoluteUri);
            if (answer!.Status != 200)
                findings.Add($"{path} answers {answer.Status}");
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var wide && wide > width)
                findings.Add($"{path} is {wide} wide");
            await page.EvaluateAsync(script);
            var result = await page.EvaluateAsync<JsonElement>("axe.run(document, { preload: false }).then(({ passes, violations }) => ({ passes: passes.length, violations }))");
            result.GetProperty("passes").GetInt32().ShouldBeGreaterThan(10, path);
            findings.AddRange(result.GetProperty("violations").EnumerateArray().Select(rule => $"{path} {Describe(rule)}"));
        }

        await page.Context.DisposeAsync();
        findings.ShouldBeEmpty();
    }

    private static string Describe(JsonElement rule) =>
        $"{rule.GetProperty("id")} ({rule.GetProperty("impact")}) at {string.Join(", ", rule.GetProperty("nodes").EnumerateArray().Select(node => $"{node.GetProperty("target")}: {node.GetProperty("failureSummary")}"))}";
}
