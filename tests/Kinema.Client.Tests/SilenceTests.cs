using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Client.Tests;

/// <summary>A server that is gone closes no connection: what arrives keeps a stream or a file alive, and silence ends it.</summary>
public sealed class SilenceTests
{
    private const string Id = "019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f";
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(100);

    private readonly HurriedTime _time = new();
    private readonly List<string?> _resumedAfter = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_stream_that_goes_silent_is_opened_again_after_the_last_event()
    {
        var watched = await WatchAsync(
            new(After(1, Event(1, "running")), Silent(61)),
            new(After(1, Event(2, "succeeded"))));

        watched.ShouldBe(["running", "succeeded"]);
        _resumedAfter.ShouldBe([null, "1"]);
    }

    [Fact]
    public async Task Comments_keep_a_quiet_event_stream_open()
    {
        var watched = await WatchAsync(
            new ScriptedStream(After(1, Event(1, "running")), After(59, ": still here\n\n"), After(59, ": still here\n\n"), After(59, Event(2, "succeeded"))));

        watched.ShouldBe(["running", "succeeded"]);
        _resumedAfter.ShouldBe([null]);
    }

    [Fact]
    public async Task A_download_may_take_long_but_not_stand_still()
    {
        using var slow = new MemoryStream();
        await CreateClient(_ => Answer(new ScriptedStream(After(99, "a"), After(99, "b"), After(99, "c")))).DownloadAsync("http://a/b", slow, Ct);
        Encoding.ASCII.GetString(slow.ToArray()).ShouldBe("abc");

        var error = await Record.ExceptionAsync(
            () => CreateClient(_ => Answer(new ScriptedStream(After(1, "a"), Silent(101)))).DownloadAsync("http://a/b", Stream.Null, Ct));
        error.ShouldBeOfType<TaskCanceledException>().InnerException.ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task Canceling_a_download_is_no_timeout()
    {
        using var leaving = new CancellationTokenSource();
        var client = CreateClient(_ => Answer(new ScriptedStream(async token =>
        {
            await leaving.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return [];
        })));

        var error = await Record.ExceptionAsync(() => client.DownloadAsync("http://a/b", Stream.Null, leaving.Token));
        error.ShouldBeAssignableTo<OperationCanceledException>().ShouldNotBeNull().InnerException.ShouldBeNull();
    }

    [Fact]
    public async Task An_upload_may_take_long_but_not_stand_still()
    {
        await using var slow = new ScriptedStream(After(99, "a"), After(99, "b"), After(99, "c"));
        (await CreateClient(request => TakeUploadAsync(request, 99)).UploadAsync(slow, "a.png", sizeBytes: 3, cancellationToken: Ct)).Id.ShouldBe(Guid.Parse(Id));

        using var content = new MemoryStream("abc"u8.ToArray());
        var error = await Record.ExceptionAsync(
            () => CreateClient(request => TakeUploadAsync(request, 101)).UploadAsync(content, "a.png", cancellationToken: Ct));
        error.ShouldBeOfType<TaskCanceledException>().InnerException.ShouldBeOfType<TimeoutException>();
    }

    private async Task<List<string?>> WatchAsync(params ScriptedStream[] connections)
    {
        var next = 0;
        var client = CreateClient(request =>
        {
            _resumedAfter.Add(request.Headers.TryGetValues("Last-Event-ID", out var ids) ? ids.Single() : null);
            return Answer(connections[next++]);
        });
        return await client.WatchAsync(Guid.Parse(Id), cancellationToken: Ct).Select(e => e.Status).ToListAsync(Ct);
    }

    /// <summary>Takes the file, and answers so many seconds after its last byte.</summary>
    private async Task<HttpResponseMessage> TakeUploadAsync(HttpRequestMessage request, int seconds)
    {
        if (request.Method == HttpMethod.Put)
        {
            await request.Content!.CopyToAsync(Stream.Null, Ct);
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        return new(HttpStatusCode.OK) { Content = new StringContent($$"""{"asset_id":"{{Id}}","id":"{{Id}}","upload_url":"http://a/upload"}""") };
    }

    private KinemaClient CreateClient(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) =>
        new(new HttpClient(new Network(answer)), new() { BaseAddress = new Uri("http://a/"), Timeout = _timeout }, _time);

    private Func<CancellationToken, Task<byte[]>> After(int seconds, string text) => token =>
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        token.ThrowIfCancellationRequested();
        return Task.FromResult(Encoding.ASCII.GetBytes(text));
    };

    private Func<CancellationToken, Task<byte[]>> Silent(int seconds) => async token =>
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await Task.Delay(Timeout.Infinite, token);
        return [];
    };

    private static string Event(int id, string status) => $"id: {id}\nevent: status\ndata: {{\"status_code\":\"{status}\"}}\n\n";

    private static Task<HttpResponseMessage> Answer(Stream body) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });

    /// <summary>A clock that a test sets forward; pauses of a second pass by themselves.</summary>
    private sealed class HurriedTime : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            dueTime == TimeSpan.FromSeconds(1) ? System.CreateTimer(callback, state, dueTime, period) : base.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class Network(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await answer(request);
            cancellationToken.ThrowIfCancellationRequested();
            return response;
        }
    }
}
