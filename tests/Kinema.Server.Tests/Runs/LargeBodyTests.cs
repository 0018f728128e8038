using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Kinema.Core.Admission;
using Kinema.Core.Runs;
using Kinema.Server.Requests;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>Bodies above 1 MiB: what is refused before they are read, how many exist at once, and what a refused one leaves behind.</summary>
public sealed class LargeBodyTests
{
    private static readonly byte[] _noPicture = new byte[2 << 20];

    [Theory]
    [InlineData("Runs:MaxQueuedPerOrganization=1", HttpStatusCode.TooManyRequests, "RATE_LIMITED")]
    [InlineData("Runs:MaxQueued=1", HttpStatusCode.ServiceUnavailable, "QUEUE_FULL")]
    public async Task A_full_queue_refuses_a_large_body_before_it_is_sent(string setting, HttpStatusCode status, string code)
    {
        await using var server = await StartAsync(setting);
        (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await RefuseAsync(server.Client, 14 << 20, SharedServer.RunsPath, status, code);
    }

    [Fact]
    public async Task Without_a_key_an_unknown_model_or_space_a_large_body_is_not_asked_for()
    {
        await using var server = await StartAsync();
        await using var full = await StartAsync($"Server:MinFreeBytes={long.MaxValue}");
        using var anybody = server.CreateClient();
        await RefuseAsync(anybody, 14 << 20, SharedServer.RunsPath, HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        await RefuseAsync(server.Client, 14 << 20, "/v1/models/alibaba/wan/v9/runs", HttpStatusCode.NotFound, "MODEL_NOT_FOUND");
        await RefuseAsync(full.Client, 14 << 20, SharedServer.RunsPath, HttpStatusCode.ServiceUnavailable, "STORAGE_FULL");
        await RefuseAsync(server.Client, (16 << 20) + 1, SharedServer.RunsPath, HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task A_body_that_finds_no_memory_is_503_and_the_next_is_served_when_there_is_some()
    {
        await using var server = await StartAsync("Server:MaxBodyMemoryMiB=16", "Server:BodyMemoryWaitSeconds=0");
        using (await server.Services.GetRequiredService<BodyMemory>().TryRentAsync(9 << 20, Ct))
        {
            var refused = await SendAsync(server, Inline(_noPicture));
            await refused.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVER_BUSY");
            refused.Headers.RetryAfter.ShouldNotBeNull();
            (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        for (var i = 0; i < 20; i++)
            await (await SendAsync(server, Inline(_noPicture))).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Many_large_bodies_at_once_wait_for_each_other()
    {
        await using var server = await StartAsync("Server:MaxBodyMemoryMiB=16", "Server:BodyMemoryWaitSeconds=300");
        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(server, Inline(_noPicture))));
        foreach (var response in responses)
            await response.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_large_body_that_comes_too_slowly_is_408_and_gives_its_memory_back()
    {
        await using var server = await StartAsync("Server:MaxBodyMemoryMiB=16", "Server:LargeBodyTimeoutSeconds=1");
        using var slow = new TcpClient();
        await slow.ConnectAsync(server.Url.Host, server.Url.Port, Ct);
        await slow.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST {SharedServer.RunsPath} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.Caller.Token}\r\nContent-Type: application/json\r\nContent-Length: {9 << 20}\r\n\r\n{{"),
            Ct);
        using var answer = new StreamReader(slow.GetStream());
        (await answer.ReadLineAsync(Ct)).ShouldBe("HTTP/1.1 408 Request Timeout");
        await (await SendAsync(server, Inline(_noPicture))).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_picture_is_stored_whether_its_length_is_told_or_not(bool chunked)
    {
        await using var server = await StartAsync();
        var picture = await LargePictureAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, SharedServer.RunsPath) { Content = Inline(picture) };
        request.Headers.TransferEncodingChunked = chunked;
        (await server.Client.SendAsync(request, Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await File.ReadAllBytesAsync(Contents(server).ShouldHaveSingleItem(), Ct)).ShouldBe(picture);
    }

    [Fact]
    public async Task A_refused_create_leaves_nothing_in_the_content_store()
    {
        await using var server = await StartAsync();
        var body = WorkingServer.RunBody();
        body["input"]!["end_image_url"] = "http://10.0.0.1/a.png";
        await (await server.Client.PostAsync(SharedServer.RunsPath, Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        Contents(server).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_creates_stored_that_the_queue_refused_is_removed_unless_another_create_names_it()
    {
        var queue = new OpenQueue();
        await using var server = await StartAsync(b => b.Services.Replace(ServiceDescriptor.Singleton<IQueueCheck>(queue)), "Runs:MaxQueuedPerOrganization=1");
        var body = WorkingServer.RunBody();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StatusAsync(body.ToJsonString())));
        statuses.Count(s => s == HttpStatusCode.Created).ShouldBe(1);
        Contents(server).Length.ShouldBe(1);

        body["input"]!["image_url"] = Samples.DataUri(Samples.Photograph("coffee"));
        statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StatusAsync(body.ToJsonString())));
        statuses.ShouldAllBe(s => s == HttpStatusCode.TooManyRequests);
        Contents(server).Length.ShouldBe(1);

        async Task<HttpStatusCode> StatusAsync(string text) => (await server.Client.PostAsync(SharedServer.RunsPath, Json(text), Ct)).StatusCode;
    }

    private static Task<TestServer> StartAsync(params string[] settings) => TestServer.StartIdleAsync(settings);

    private static Task<TestServer> StartAsync(Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder> configure, params string[] settings) =>
        TestServer.StartIdleAsync(settings, configure);

    private static string[] Contents(TestServer server) => Directory.GetFiles(Path.Combine(server.DataFolder, "content"), "*", SearchOption.AllDirectories);

    private static Task<HttpResponseMessage> SendAsync(TestServer server, HttpContent content) => server.Client.PostAsync(SharedServer.RunsPath, content, Ct);

    /// <summary>The answer comes before the body is asked for.</summary>
    private static async Task RefuseAsync(HttpClient client, long length, string path, HttpStatusCode status, string code)
    {
        var body = new Unsent(length);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.ExpectContinue = true;
        await (await client.SendAsync(request, Ct)).ShouldBeErrorAsync(status, code);
        body.WasAsked.ShouldBeFalse();
    }

    private static StringContent Inline(byte[] picture) =>
        Json($$$"""{"input":{"image_url":"data:image/png;base64,{{{Convert.ToBase64String(picture)}}}"}}""");

    /// <summary>A photograph with bytes after its end, which decoders ignore.</summary>
    private static async Task<byte[]> LargePictureAsync() => [.. await File.ReadAllBytesAsync(Samples.Photograph("cat"), Ct), .. new byte[2 << 20]];

    /// <summary>Says that the queue has room, as it had when other creates looked.</summary>
    private sealed class OpenQueue : IQueueCheck
    {
        public Task<AdmitOutcome> CheckAsync(Guid orgId, AdmissionLimits limits, CancellationToken ct) => Task.FromResult(AdmitOutcome.Admitted);
    }

    /// <summary>Announces a body and waits to be asked for it.</summary>
    private sealed class Unsent : HttpContent
    {
        public Unsent(long length)
        {
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
            Headers.ContentLength = length;
        }

        public bool WasAsked { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasAsked = true;
            return Task.FromException(new InvalidOperationException("Nobody was to read this."));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
