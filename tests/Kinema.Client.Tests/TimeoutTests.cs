using System.Text;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Kinema.Client.Tests;

/// <summary>A timeout bounds a call; files and streams take their time.</summary>
public sealed class TimeoutTests : IAsyncLifetime
{
    private const string Id = "019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f";
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(200);

    private ScriptedServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ScriptedServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_upload_that_takes_longer_than_the_timeout_of_HttpClient_is_not_cut()
    {
        _server.On("POST /v1/asset-uploads", 201, $$"""{"asset_id":"{{Id}}","upload_url":"{{new Uri(_server.Url, "upload")}}"}""");
        _server.On("PUT /upload", context => Task.Delay(_short * 5, context.RequestAborted));
        _server.On($"POST /v1/asset-uploads/{Id}/confirmations", 201, $$"""{"id":"{{Id}}"}""");
        using var http = new HttpClient(new SocketsHttpHandler()) { Timeout = _short };
        using var content = new MemoryStream(Encoding.ASCII.GetBytes("abc"));
        var client = new KinemaClient(http, new() { BaseAddress = _server.Url });

        (await client.UploadAsync(content, "a.png", cancellationToken: Ct)).Id.ShouldBe(Guid.Parse(Id));
    }

    [Fact]
    public async Task A_call_without_an_answer_ends_with_a_timeout_that_says_so()
    {
        _server.On($"GET /v1/runs/{Id}", context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        using var http = new HttpClient(new SocketsHttpHandler());
        var client = new KinemaClient(http, new() { BaseAddress = _server.Url, Timeout = _short });

        var error = (await Record.ExceptionAsync(() => client.GetRunAsync(Guid.Parse(Id), Ct))).ShouldBeOfType<TaskCanceledException>();

        error.InnerException.ShouldBeOfType<TimeoutException>();
        error.Message.ShouldBe("The server did not answer within 0.2 s (KinemaClientOptions.Timeout).");
    }

    [Fact]
    public async Task A_download_that_takes_longer_than_the_timeout_of_HttpClient_is_not_cut()
    {
        _server.On("GET /files/a.mp4", async context =>
        {
            await context.Response.WriteAsync("first ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(_short * 5);
            await context.Response.WriteAsync("last");
        });
        using var http = new HttpClient(new SocketsHttpHandler()) { Timeout = _short };
        var client = new KinemaClient(http, new() { BaseAddress = _server.Url });
        using var file = new MemoryStream();

        await client.DownloadAsync(new Uri(_server.Url, "files/a.mp4").ToString(), file, Ct);

        Encoding.ASCII.GetString(file.ToArray()).ShouldBe("first last");
    }

    [Fact]
    public async Task An_HttpClient_in_use_with_a_timeout_is_refused()
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        await http.GetAsync(_server.Url, Ct);

        Should.Throw<InvalidOperationException>(() => new KinemaClient(http, new() { BaseAddress = _server.Url })).Message.ShouldContain("an HttpClient of its own");
    }

    [Fact]
    public async Task A_wait_is_asked_for_and_comes_on_top_of_the_timeout()
    {
        _server.On("POST /v1/models/a/b/runs", async context =>
        {
            await Task.Delay(_short * 2);
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync($$"""{"id":"{{Id}}","status_code":"succeeded"}""");
        });
        using var http = new HttpClient(new SocketsHttpHandler());
        var client = new KinemaClient(http, new() { BaseAddress = _server.Url, Timeout = _short });

        var run = await client.CreateRunAsync("a/b", new ImageToVideoInput(), new() { Wait = TimeSpan.FromSeconds(30) }, Ct);

        run.Status.ShouldBe(RunStatus.Succeeded);
        _server.Seen.ShouldHaveSingleItem().Prefer.ShouldBe("wait=30");
    }
}
