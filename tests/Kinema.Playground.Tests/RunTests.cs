using Kinema.TestSupport;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>A run in a real browser, from its place in the queue to its video.</summary>
public sealed class RunTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Two_tabs_follow_a_run_over_one_connection_and_a_reload_in_the_middle_shows_the_truth()
    {
        await using var held = await HeldServer.StartAsync(settings: "Server:MaxEventStreamsPerOrganization=1");
        var run = await held.CreateRunAsync();
        var page = await browser.OpenAsync();
        await held.ShowAsync(page, $"/runs/{run}");
        await page.Locator(".status.running").WaitForAsync();
        await page.Locator("img.preview").WaitForAsync();
        await page.ReloadAsync();
        await page.Locator(".status.running").WaitForAsync();
        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(page.Url);
        await second.Locator(".status.running").WaitForAsync();

        // A preview that a slow page asks for after the end is gone.
        held.Forget(problem => problem.Contains("404", StringComparison.Ordinal) && problem.Contains("/preview", StringComparison.Ordinal));
        held.Release();

        foreach (var tab in new[] { page, second })
        {
            await tab.Locator(".run .status.succeeded").WaitForAsync();
            await tab.Locator("kinema-player video").WaitForAsync();
            await tab.GetByText("Nothing was logged.").Or(tab.Locator("ol.log").First).First.WaitForAsync();
        }

        await page.WaitForFunctionAsync("document.querySelector('kinema-player video').readyState >= 2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next frame" }).ClickAsync();
        await page.WaitForFunctionAsync("document.querySelector('kinema-player video').paused");
        var before = await page.Locator("kinema-player output").TextContentAsync();
        await page.Keyboard.PressAsync(",");
        await page.WaitForFunctionAsync("text => document.querySelector('kinema-player output').textContent !== text", before);
        (await page.EvaluateAsync<double>("document.querySelector('kinema-player video').currentTime * 5 % 1")).ShouldBe(0.5, 0.01);
        await page.GetByRole(AriaRole.Button, new() { Name = "Good" }).ClickAsync();
        await page.Locator("button[data-focus=good][aria-pressed=true]").WaitForAsync();
        await page.ReloadAsync();
        await page.Locator("button[data-focus=good][aria-pressed=true]").WaitForAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_run_is_canceled_where_it_stands()
    {
        await using var held = await HeldServer.StartAsync();
        var run = await held.CreateRunAsync();
        var page = await browser.OpenAsync();
        await held.ShowAsync(page, $"/runs/{run}");
        await page.Locator(".status.running").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await page.Locator(".status.canceled").WaitForAsync();
        await page.GetByText("A canceled run costs nothing.").WaitForAsync();
        (await page.Locator("kinema-run > [role=status]").TextContentAsync()).ShouldNotBeNull().ShouldContain("Canceled");
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_goes_away_in_the_middle_and_comes_back_is_said_and_the_run_goes_on()
    {
        using var folder = new TemporaryFolder();
        var first = await HeldServer.StartAsync(folder.FullPath);
        var run = await first.CreateRunAsync();
        var page = await browser.OpenAsync();
        await first.ShowAsync(page, $"/runs/{run}");
        await page.Locator(".status.running").WaitForAsync();
        await page.Locator("img.preview").WaitForAsync();
        var url = first.Server.Url;
        first.Forget(problem => problem.Contains("net::ERR_", StringComparison.Ordinal));

        await first.DisposeAsync();
        await page.GetByText("The server does not answer; trying again …").WaitForAsync();
        await using var second = await HeldServer.StartAsync(folder.FullPath, url.AbsoluteUri);
        second.Release();

        await page.Locator(".run .status.succeeded").WaitForAsync();
        await page.Locator("kinema-player video").WaitForAsync();
        await Assertions.Expect(page.GetByText("The server does not answer")).ToBeHiddenAsync();
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Two_videos_are_compared_in_step_and_by_a_border_that_moves()
    {
        await using var held = await HeldServer.StartAsync();
        held.Release();
        var (a, b) = (await held.CreateRunAsync(), await held.CreateRunAsync("pan left"));
        foreach (var id in new[] { a, b })
            await held.Server.Client.GetStringAsync($"/v1/runs/{id}/events", TestContext.Current.CancellationToken);
        var page = await browser.OpenAsync();
        await held.ShowAsync(page, $"/runs/compare?a={a}&b={b}");
        await page.WaitForFunctionAsync("[...document.querySelectorAll('video')].every(video => video.readyState >= 2)");

        for (var i = 0; i < 3; i++)
            await page.GetByRole(AriaRole.Button, new() { Name = "Next frame" }).ClickAsync();
        await page.WaitForFunctionAsync("[...document.querySelectorAll('video')].every(video => Math.abs(video.currentTime - 3.5 / 5) < 0.01)");
        (await page.Locator("kinema-compare output").TextContentAsync()).ShouldBe("Frame 4 of 10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Wipe" }).ClickAsync();
        await page.GetByLabel("Border between A and B").FillAsync("25");

        (await page.EvaluateAsync<string>("document.querySelectorAll('video')[1].style.clipPath")).ShouldBe("inset(0px 0px 0px 25%)");
        await page.Locator("td", new() { HasText = "pan left" }).First.WaitForAsync();
        await page.Context.DisposeAsync();
    }
}
