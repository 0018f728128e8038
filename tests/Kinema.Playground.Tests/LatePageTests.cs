namespace Kinema.Playground.Tests;

/// <summary>The page of a run shows its end although what it asks comes late, fails or is refused.</summary>
public sealed class LatePageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task An_answer_that_is_out_of_date_when_it_arrives_and_one_that_fails_are_followed_by_another()
    {
        await using var held = await HeldServer.StartAsync(settings: "Worker:Concurrency=1");
        held.Forget(problem => problem.Contains("502", StringComparison.Ordinal));

        // A preview goes with the end of its run, and the page may have begun to ask for it.
        held.Forget(problem => problem.Contains("404", StringComparison.Ordinal) && problem.Contains("/preview", StringComparison.Ordinal));
        await held.CreateRunAsync();
        var run = await held.CreateRunAsync();
        var page = await browser.OpenAsync();
        await held.ShowAsync(page, $"/runs/{run}");
        await page.Locator(".status.queued").WaitForAsync();
        var asked = 0;
        await page.RouteAsync($"**/runs/{run}", async route =>
        {
            switch (Interlocked.Increment(ref asked))
            {
                case 1:
                    var answer = await route.FetchAsync();
                    await held.Server.Client.GetStringAsync($"/v1/runs/{run}/events", TestContext.Current.CancellationToken);
                    await route.FulfillAsync(new() { Response = answer });
                    break;
                case 2:
                    await route.FulfillAsync(new() { Status = 502, Body = "a proxy's page" });
                    break;
                default:
                    await route.ContinueAsync();
                    break;
            }
        });

        held.Release();

        await page.Locator(".run .status.succeeded").WaitForAsync();
        await page.Locator("kinema-player video").WaitForAsync();
        asked.ShouldBeGreaterThan(2);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Where_no_stream_is_free_and_the_browser_has_no_shared_worker_the_page_is_looked_at_instead()
    {
        await using var held = await HeldServer.StartAsync();
        held.Forget(problem => problem.Contains("429", StringComparison.Ordinal));
        var run = await held.CreateRunAsync();
        var page = await browser.OpenAsync();
        await page.AddInitScriptAsync("delete window.SharedWorker;");
        await page.RouteAsync("**/v1/events?*", route => route.FulfillAsync(new() { Status = 429, Headers = [KeyValuePair.Create("Retry-After", "1")] }));
        await held.ShowAsync(page, $"/runs/{run}");
        await page.Locator(".status.running").WaitForAsync();

        held.Release();

        await page.Locator(".run .status.succeeded").WaitForAsync();
        await page.Context.DisposeAsync();
    }
}
