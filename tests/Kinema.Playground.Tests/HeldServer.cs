using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Playground.Tests;

/// <summary>A server whose engine waits before its first frame until the test lets it go on. Its pages may write nothing to the console, nor ask another host.</summary>
internal sealed class HeldServer : IAsyncDisposable
{
    private readonly TestEngine _engine;
    private readonly PageProblems _problems = new();

    private HeldServer(TestEngine engine, TestServer server) => (_engine, Server) = (engine, server);

    public TestServer Server { get; }

    public static async Task<HeldServer> StartAsync(string? dataFolder = null, string url = "http://127.0.0.1:0", params string[] settings)
    {
        var engine = new TestEngine(TimeSpan.FromMilliseconds(100), TimeProvider.System) { HoldsBeforeFirstFrame = true, MakesPreviews = true };
        var server = await TestServer.StartAsync(
            settings,
            builder =>
            {
                builder.Services.RemoveAll<IVideoEngine>();
                builder.Services.AddSingleton<IVideoEngine>(engine);
            },
            dataFolder,
            url);
        return new(engine, server);
    }

    public void Release() => _engine.Release();

    public async Task<string> CreateRunAsync(string prompt = "slow push in")
    {
        var body = new JsonObject
        {
            ["input"] = new JsonObject { ["prompt"] = prompt, ["duration"] = 2, ["resolution"] = "720p", ["image_url"] = Samples.DataUri(Samples.Photograph("cat")) },
        };
        using var answer = await Server.Client.PostAsJsonAsync("/v1/models/alibaba/wan/v2.7/image-to-video/runs", body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]!.GetValue<string>();
    }

    /// <summary>Signs the page's visitor in and shows a path.</summary>
    public async Task ShowAsync(Microsoft.Playwright.IPage page, string path)
    {
        _problems.Watch(page.Context, Server.Url);
        await page.GotoAsync(new Uri(Server.Url, $"/sign-in?return={Uri.EscapeDataString(path)}").AbsoluteUri);
        await page.GetByLabel("API key").FillAsync(Server.Caller.Token);
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(Server.Url, path).AbsoluteUri);
    }

    /// <summary>Takes problems that the test makes on purpose.</summary>
    public void Forget(Func<string, bool> expected) => _problems.Forget(expected);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _problems.ShouldBeNone();
    }
}
