using Kinema.Server.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>Signing in and out in a real browser.</summary>
public sealed class SignInTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_key_opens_a_session_that_no_script_can_read()
    {
        await using var scene = await Scene.StartAsync(browser);

        await scene.SignInAsync();

        await scene.GoToAsync("/sign-in");
        await scene.Page.GetByText("first key", new() { Exact = true }).WaitForAsync();
        (await scene.Page.EvaluateAsync<string>("document.cookie")).ShouldBe("");
        (await scene.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0);
        (await scene.GoToAsync("/v1/auth/me")).ShouldNotBeNull().Status.ShouldBe(200);
        await scene.GoToAsync("/sign-in");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await scene.Page.GetByLabel("API key").WaitForAsync();
        (await scene.GoToAsync("/v1/auth/me")).ShouldNotBeNull().Status.ShouldBe(401);
        scene.Forget(problem => problem.Contains("401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_link_from_the_terminal_works_once()
    {
        await using var scene = await Scene.StartAsync(browser);
        var link = scene.Server.Services.GetRequiredService<FirstKey>().SignInLink.ShouldNotBeNull();

        await scene.Page.GotoAsync(link.AbsoluteUri);
        scene.Page.Url.ShouldNotContain("code");
        (await scene.GoToAsync("/v1/auth/me")).ShouldNotBeNull().Status.ShouldBe(200);

        var again = await browser.OpenAsync();
        (await again.GotoAsync(link.AbsoluteUri)).ShouldNotBeNull().Status.ShouldBe(403);
        (await again.GotoAsync(new Uri(scene.Server.Url, "/v1/auth/me").AbsoluteUri)).ShouldNotBeNull().Status.ShouldBe(401);
        await again.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_page_of_another_site_changes_nothing_with_the_session()
    {
        await using var scene = await Scene.StartAsync(browser);
        await using var other = await TestSupport.FileServer.StartAsync();
        await scene.SignInAsync();
        var foreign = other.Put("page.html", System.Text.Encoding.UTF8.GetBytes($"""
            <!doctype html><title>other</title>
            <form method="post" action="{scene.Server.Url}sign-out"><button>Send</button></form>
            """), "text/html");

        // Another port of the same machine is the same site, so the cookie comes along and only the origin tells.
        await scene.Page.GotoAsync(foreign.AbsoluteUri);
        var answer = await scene.Page.RunAndWaitForResponseAsync(
            () => scene.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync(), response => response.Url.EndsWith("/sign-out", StringComparison.Ordinal));

        answer.Status.ShouldBe(403);
        (await scene.GoToAsync("/v1/auth/me")).ShouldNotBeNull().Status.ShouldBe(200);
        scene.Forget(problem => problem.Contains(other.Url.Authority, StringComparison.Ordinal) || problem.Contains("403", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_gets_a_key_once_the_visitor_agrees()
    {
        await using var scene = await Scene.StartAsync(browser);
        await using var program = await TestSupport.FileServer.StartAsync();
        program.Put("done", "thanks"u8.ToArray(), "text/plain");
        var target = new UriBuilder(program.Url) { Host = "localhost", Path = "/done" }.Uri.AbsoluteUri;

        await scene.SignInAsync($"/connect/api-key?api_key_name=my+tool&scopes=runs:create,runs:read&redirect_to={Uri.EscapeDataString(target)}");
        await scene.Page.GetByText("runs:create").WaitForAsync();
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Give the key" }).ClickAsync();
        await scene.Page.WaitForURLAsync(url => url.StartsWith(target, StringComparison.Ordinal));

        var key = System.Web.HttpUtility.ParseQueryString(new Uri(scene.Page.Url).Query)["api_key"];
        using var client = scene.Server.CreateClient(key);
        (await client.GetStringAsync("/v1/auth/me", TestContext.Current.CancellationToken)).ShouldContain("my tool");
        scene.Forget(problem => problem.Contains(new Uri(target).Authority, StringComparison.Ordinal));
    }
}
