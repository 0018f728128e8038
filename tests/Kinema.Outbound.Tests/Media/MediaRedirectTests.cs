using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Media;

public sealed class MediaRedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_allowed_host_is_followed(int status)
    {
        await using var target = LoopbackListener.Answering(LoopbackListener.Ok("arrived"), "127.0.0.2");
        await using var start = LoopbackListener.Answering(LoopbackListener.Redirect($"http://127.0.0.2:{target.Port}/a.png?x=1", status));
        await using var guard = new Guard(Guard.Opening("127.0.0.0/8"));

        (await guard.FetchAsync($"http://127.0.0.1:{start.Port}/")).Bytes.ShouldBe("arrived"u8.ToArray());

        target.Requests.ShouldHaveSingleItem().ShouldStartWith("GET /a.png?x=1 HTTP/1.1");
    }

    [Theory]
    [InlineData("/b.png", "GET /b.png ")]
    [InlineData("b.png", "GET /a/b.png ")]
    [InlineData("../b.png?u=http://x/", "GET /b.png?u=http://x/ ")]
    [InlineData("?only=query", "GET /a/start?only=query ")]
    public async Task A_relative_redirect_stays_on_its_host(string location, string request)
    {
        await using var host = LoopbackListener.AnsweringInTurn(LoopbackListener.Redirect(location), LoopbackListener.Ok("arrived"));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/a/start")).Result.Outcome.ShouldBe(FetchOutcome.Fetched);

        host.Requests[1].ShouldStartWith(request);
    }

    [Fact]
    public async Task Five_redirects_are_followed()
    {
        await using var host = Chain(5);
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Fetched);

        host.Accepted.ShouldBe(6);
    }

    [Fact]
    public async Task The_sixth_redirect_is_not()
    {
        await using var host = Chain(6);
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        host.Accepted.ShouldBe(6);
    }

    [Fact]
    public async Task With_redirects_set_to_none_the_first_is_not_followed()
    {
        await using var host = Chain(1);
        await using var guard = new Guard(options =>
        {
            options.Media.Allow.Add("127.0.0.1/32");
            options.Media.MaxRedirects = 0;
        });

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        host.Accepted.ShouldBe(1);
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /one\r\nLocation: /two\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: //user@127.0.0.1/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: \\\\127.0.0.1\\a\r\nContent-Length: 0\r\n\r\n")]
    public async Task A_redirect_without_a_usable_location_ends_the_fetch(string response)
    {
        await using var host = LoopbackListener.AnsweringInTurn(response, LoopbackListener.Ok("arrived"));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Fact]
    public async Task A_redirect_to_a_port_that_is_not_open_is_not_followed()
    {
        await using var target = LoopbackListener.Answering(LoopbackListener.Ok("arrived"));
        await using var start = LoopbackListener.Answering(LoopbackListener.Redirect($"http://127.0.0.1:{target.Port}/"));
        await using var guard = new Guard(Guard.Opening($"127.0.0.1/32:{start.Port}"));

        (await guard.FetchAsync($"http://127.0.0.1:{start.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        start.Accepted.ShouldBe(1);
        target.Accepted.ShouldBe(0);
    }

    private static LoopbackListener Chain(int redirects) =>
        LoopbackListener.AnsweringInTurn([.. Enumerable.Repeat(LoopbackListener.Redirect("/next"), redirects), LoopbackListener.Ok("arrived")]);
}
