using Kinema.Engines;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>A server and a person who looks at it. At the end nothing may have been written to the console, nor asked of another host.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string ModelPage = "/models/alibaba/wan/v2.7/image-to-video";

    private readonly PageProblems _problems = new();

    private Scene(TestServer server, IPage page)
    {
        Server = server;
        Page = page;
        _problems.Watch(page.Context, server.Url);
    }

    public IPage Page { get; }

    public TestServer Server { get; }

    public StreamCounter Streams { get; private init; } = new();

    public ILocator RunButton => Page.Locator("[data-run]");

    public static async Task<Scene> StartAsync(
        Browser browser, IReadOnlyList<string>? settings = null, BrowserNewContextOptions? options = null, IVideoEngine? engine = null)
    {
        var page = await browser.OpenAsync(options);
        var streams = new StreamCounter();
        var server = await TestServer.StartAsync(settings, builder =>
        {
            builder.Services.AddSingleton<IStartupFilter>(streams);
            if (engine is not null)
                builder.Services.RemoveAll<IVideoEngine>().AddSingleton(engine);
        });
        return new(server, page) { Streams = streams };
    }

    /// <summary>With an engine that waits before its first frame until it is released.</summary>
    public static Task<Scene> StartHeldAsync(Browser browser, TestEngine engine) => StartAsync(browser, engine: engine);

    public Task<IResponse?> GoToAsync(string path) => Page.GotoAsync(new Uri(Server.Url, path).AbsoluteUri);

    /// <summary>Signs in as a person does.</summary>
    public Task SignInAsync(string? returnTo = null) => SignInAsync(Page, Server.Url, Server.Caller.Token, returnTo);

    public static async Task SignInAsync(IPage page, Uri server, string key, string? returnTo = null)
    {
        await page.GotoAsync(new Uri(server, "/sign-in" + (returnTo is null ? "" : $"?return={Uri.EscapeDataString(returnTo)}")).AbsoluteUri);
        await page.GetByLabel("API key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Drops a file on a field of media, as from the desktop.</summary>
    public static async Task DropAsync(IPage page, string field, string file)
    {
        var data = await page.EvaluateHandleAsync(
            """
            ([name, type, text]) => {
              const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], name, { type }));
              return data;
            }
            """,
            new[] { Path.GetFileName(file), Samples.ContentTypeOf(file), Convert.ToBase64String(await File.ReadAllBytesAsync(file)) });
        var target = page.GetByRole(AriaRole.Group, new() { Name = field }).Locator(".drop");
        await target.DispatchEventAsync("dragover", new { dataTransfer = data });
        await target.DispatchEventAsync("drop", new { dataTransfer = data });
    }

    /// <summary>Signs in and starts a run of a sample.</summary>
    public async Task BeginRunAsync()
    {
        await SignInAsync(ModelPage);
        await Page.Locator(".start").First.ClickAsync();
        await RunButton.ClickAsync();
    }

    /// <summary>Waits until the run on the page has a status.</summary>
    public Task UntilAsync(string status) => UntilAsync(Page, status);

    public static Task UntilAsync(IPage page, string status) => page.Locator($"kinema-run[status={status}]").WaitForAsync(new() { Timeout = 180_000 });

    /// <summary>Goes on with the keyboard until an element is reached.</summary>
    public async Task TabToAsync(string condition)
    {
        for (var i = 0; i < 150; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>(condition))
                return;
        }

        Assert.Fail($"the keyboard does not reach: {condition}");
    }

    /// <summary>Takes problems that the test makes on purpose.</summary>
    public void Forget(Func<string, bool> expected) => _problems.Forget(expected);

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        await Server.DisposeAsync();
        _problems.ShouldBeNone();
    }
}
