using Kinema.TestSupport;

namespace Kinema.Playground.Tests;

/// <summary>A run whose page is opened twice, and one whose server is killed.</summary>
public sealed class LiveRunTests(Browser browser) : IClassFixture<Browser>
{
    private readonly TestEngine _held = new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true };

    [Fact]
    public async Task A_reload_and_a_second_tab_show_the_same_run_over_one_event_stream()
    {
        await using var scene = await Scene.StartHeldAsync(browser, _held);
        await scene.BeginRunAsync();
        await scene.UntilAsync("running");

        await scene.Page.ReloadAsync();
        await scene.UntilAsync("running");
        var second = await scene.Page.Context.NewPageAsync();
        await second.GotoAsync(scene.Page.Url);
        await Scene.UntilAsync(second, "running");

        // A stream that a page has left ends a little later; two tabs with one each would never come to one.
        await scene.Streams.UntilOneIsOpenAsync(TestContext.Current.CancellationToken);
        _held.Release();

        await scene.UntilAsync("succeeded");
        await Scene.UntilAsync(second, "succeeded");
    }

    [Fact]
    public async Task A_server_that_is_killed_and_comes_back_finds_its_page_waiting()
    {
        using var folder = new TemporaryFolder();
        var page = await browser.OpenAsync();
        var server = await ServerProcess.StartAsync(folder.FullPath, [], TestContext.Current.CancellationToken);
        try
        {
            await Scene.SignInAsync(page, server.Url, server.Key, Scene.ModelPage);
            await page.Locator(".start").First.ClickAsync();
            await page.Locator("[data-run]").ClickAsync();
            await page.WaitForFunctionAsync("() => document.querySelector('kinema-run progress')?.value > 5", options: new() { Timeout = 120_000 });

            await server.KillAsync();
            await page.GetByText("The server does not answer; trying again").WaitForAsync();
            server = await ServerProcess.StartAsync(folder.FullPath, [], TestContext.Current.CancellationToken, server.Url);

            await Scene.UntilAsync(page, "succeeded");
            (await page.GetByText("The server does not answer").CountAsync()).ShouldBe(0);
        }
        finally
        {
            await server.KillAsync();
            await page.Context.DisposeAsync();
        }
    }
}
