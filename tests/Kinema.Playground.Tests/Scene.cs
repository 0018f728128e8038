using Kinema.TestSupport;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>A server and a person who looks at it. At the end nothing may have been written to the console, nor asked of another host.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<string> _problems = [];
    private readonly TestServer _server;

    private Scene(TestServer server, IPage page)
    {
        _server = server;
        Page = page;
        page.Context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _problems.Add($"console: {message.Text}");
        };
        page.Context.WebError += (_, error) => _problems.Add($"script: {error.Error}");
        page.Context.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(request.Url).Authority != server.Url.Authority)
                _problems.Add($"another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    public TestServer Server => _server;

    public static async Task<Scene> StartAsync(Browser browser, IReadOnlyList<string>? settings = null, BrowserNewContextOptions? options = null)
    {
        var page = await browser.OpenAsync(options);
        return new(await TestServer.StartAsync(settings), page);
    }

    public Task<IResponse?> GoToAsync(string path) => Page.GotoAsync(new Uri(_server.Url, path).AbsoluteUri);

    /// <summary>Signs in as a person does.</summary>
    public async Task SignInAsync(string? returnTo = null)
    {
        await GoToAsync("/sign-in" + (returnTo is null ? "" : $"?return={Uri.EscapeDataString(returnTo)}"));
        await Page.GetByLabel("API key").FillAsync(_server.Caller.Token);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Takes problems that the test made on purpose, such as a server that is down.</summary>
    public void Forget(Func<string, bool> expected) => _problems.RemoveAll(problem => expected(problem));

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        await _server.DisposeAsync();
        _problems.ShouldBeEmpty();
    }
}
