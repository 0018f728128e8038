using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Browser;

/// <summary>The interactive reference in a real browser.</summary>
public sealed class ReferenceInBrowserTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task It_shows_the_model_s_operation_and_asks_no_other_host()
    {
        Assert.SkipWhen(HeadlessBrowser.Find() is null, "No Chromium is installed.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var browser = HeadlessBrowser.Open(HeadlessBrowser.Find()!, new Uri("about:blank"));
        using var tools = await DevTools.AttachAsync(browser, limit.Token);

        await tools.OpenAsync(new Uri(shared.Server.Url, "/models/alibaba/wan/v2.7/image-to-video?tab=api"), limit.Token);
        while (await tools.EvaluateAsync("document.body?.innerText.includes('Create a run: Wan 2.7')", limit.Token) is not { } shown || !shown.GetValue<bool>())
            await Task.Delay(100, limit.Token);

        // What it would load late, such as fonts.
        await tools.EvaluateAsync("document.fonts.ready.then(() => true)", limit.Token);
        var hosts = tools.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal));
        hosts.Select(url => new Uri(url).Authority).Distinct().ShouldBe([shared.Server.Url.Authority]);
        tools.Requests.ShouldContain(new Uri(shared.Server.Url, "/api/openapi.public.json").AbsoluteUri);
    }
}
