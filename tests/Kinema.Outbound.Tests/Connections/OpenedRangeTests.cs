using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Connections;

public sealed class OpenedRangeTests
{
    [Fact]
    public async Task A_range_opened_with_a_port_is_reached_there_and_nowhere_else()
    {
        await using var open = LoopbackListener.Answering(LoopbackListener.Ok("open"));
        await using var neighbour = LoopbackListener.Answering(LoopbackListener.Ok("neighbour"));
        await using var guard = new Guard(Guard.Opening($"127.0.0.0/8:{open.Port}"));

        (await guard.FetchAsync($"http://127.0.0.1:{open.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Fetched);
        (await guard.FetchAsync($"http://127.0.0.1:{neighbour.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        (await guard.SendAsync($"http://127.0.0.1:{open.Port}/")).HttpStatusCode.ShouldBe(200);
        (await guard.SendAsync($"http://127.0.0.1:{neighbour.Port}/")).HttpStatusCode.ShouldBeNull();

        open.Accepted.ShouldBe(2);
        neighbour.Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task A_range_opened_for_media_stays_closed_for_callbacks_and_configured_endpoints()
    {
        await using var listener = LoopbackListener.Answering(LoopbackListener.Ok("reached"));
        await using var guard = new Guard(options => options.Media.Allow.Add("127.0.0.0/8"));

        (await guard.FetchAsync($"http://127.0.0.1:{listener.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Fetched);
        (await guard.SendAsync($"http://127.0.0.1:{listener.Port}/")).HttpStatusCode.ShouldBeNull();
        await AskAsOperator(guard, listener.Port).ShouldThrowAsync<HttpRequestException>();

        listener.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_range_opened_for_callbacks_stays_closed_for_media_and_configured_endpoints()
    {
        await using var listener = LoopbackListener.Answering(LoopbackListener.Ok("reached"));
        await using var guard = new Guard(options => options.Callbacks.Allow.Add("127.0.0.0/8"));

        (await guard.SendAsync($"http://127.0.0.1:{listener.Port}/")).HttpStatusCode.ShouldBe(200);
        (await guard.FetchAsync($"http://127.0.0.1:{listener.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        await AskAsOperator(guard, listener.Port).ShouldThrowAsync<HttpRequestException>();

        listener.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_range_opened_for_configured_endpoints_stays_closed_for_callers_URLs()
    {
        await using var listener = LoopbackListener.Answering(LoopbackListener.Ok("reached"));
        await using var guard = new Guard(options => options.Operator.Allow.Add("127.0.0.0/8"));

        (await AskAsOperator(guard, listener.Port)).ShouldBe("reached");
        (await guard.FetchAsync($"http://127.0.0.1:{listener.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        (await guard.SendAsync($"http://127.0.0.1:{listener.Port}/")).HttpStatusCode.ShouldBeNull();

        listener.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_handler_for_configured_endpoints_reuses_its_connection_and_follows_no_redirect()
    {
        await using var target = LoopbackListener.Answering(LoopbackListener.Ok("target"));
        await using var listener = new LoopbackListener(async connection =>
        {
            while ((await connection.ReadRequestAsync()).Length > 0)
                await connection.WriteAsync(LoopbackListener.Redirect($"http://127.0.0.1:{target.Port}/"));
        });
        await using var guard = new Guard(options => options.Operator.Allow.Add("127.0.0.0/8"));
        using var client = new HttpMessageInvoker(guard.Handlers.CreateForOperator());

        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{listener.Port}/");
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            ((int)response.StatusCode).ShouldBe(302);
        }

        listener.Accepted.ShouldBe(1);
        target.Accepted.ShouldBe(0);
    }

    [Theory]
    [InlineData("ws://127.0.0.1:{p}/")]
    [InlineData("ftp://127.0.0.1:{p}/")]
    public async Task A_handler_for_configured_endpoints_speaks_only_http(string template)
    {
        await using var listener = LoopbackListener.Answering(LoopbackListener.Ok("reached"));
        await using var guard = new Guard(options => options.Operator.Allow.Add("127.0.0.0/8"));
        using var client = new HttpMessageInvoker(guard.Handlers.CreateForOperator());
        using var request = new HttpRequestMessage(HttpMethod.Get, template.Replace("{p}", $"{listener.Port}", StringComparison.Ordinal));

        await Should.ThrowAsync<IOException>(() => client.SendAsync(request, TestContext.Current.CancellationToken));

        listener.Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task A_request_for_HTTP_3_leaves_as_HTTP_1_1_over_the_checked_connection()
    {
        await using var listener = LoopbackListener.Answering(LoopbackListener.Ok("reached"));
        await using var guard = new Guard(options => options.Operator.Allow.Add("127.0.0.0/8"));
        using var client = new HttpMessageInvoker(guard.Handlers.CreateForOperator());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{listener.Port}/")
        {
            Version = System.Net.HttpVersion.Version30,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        listener.Requests.ShouldHaveSingleItem().ShouldStartWith("GET / HTTP/1.1\r\n");
    }

    private static async Task<string> AskAsOperator(Guard guard, int port)
    {
        using var client = new HttpMessageInvoker(guard.Handlers.CreateForOperator());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
