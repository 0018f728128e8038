using System.Text;
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

    [Theory]
    [InlineData("http://127.0.0.1:{p}/my photo.png", "/my%20photo.png")]
    [InlineData("http://127.0.0.1:{p}/a%7E b.png?name=c d&e=%2d#f g", "/a%7E%20b.png?name=c%20d&e=%2d")]
    [InlineData("  http://127.0.0.1:{p}/a.png ", "/a.png")]
    [InlineData("http://127.0.0.1:{p}?q=a b", "/?q=a%20b")]
    [InlineData("http://127.0.0.1:{p}/\u00c3\u00a4\u00e4\u00a0.png", "/%C3%A4%E4%A0.png")]
    [InlineData("//127.0.0.1:{p}/a b", "/a%20b")]
    [InlineData("/a b/../c", "/a%20b/../c")]
    [InlineData("a b/../c d", "/folder/c%20d")]
    public async Task A_redirect_with_spaces_and_bytes_beyond_ASCII_is_followed_as_browsers_do(string location, string target)
    {
        await using var host = Redirecting(location);
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/folder/start")).Result.ShouldBe(FetchResult.Fetched);

        host.Requests[1].ShouldStartWith($"GET {target} HTTP/1.1\r\n");
    }

    [Theory]
    [InlineData("http://127.0.0.1 :{p}/")]
    [InlineData("http://127.0.0.1:{p} /")]
    [InlineData("http:// 127.0.0.1:{p}/")]
    [InlineData("http: //127.0.0.1:{p}/")]
    [InlineData("http://nowhere.test @127.0.0.1:{p}/")]
    [InlineData("http://127.0.0.1:{p}/a\tb")]
    [InlineData("http://127.0.0.1:{p}/a\\b")]
    [InlineData("http://127.0.0.1:{p}\\@nowhere.test/")]
    [InlineData("/a\u007fb")]
    public async Task A_redirect_with_a_space_in_its_host_or_with_control_characters_is_not_followed(string location)
    {
        await using var host = Redirecting(location);
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        host.Accepted.ShouldBe(1);
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

    /// <summary>Sends one byte for each character of the location.</summary>
    private static LoopbackListener Redirecting(string location) => new(async connection =>
    {
        var port = (await connection.ReadRequestAsync()).Split("127.0.0.1:")[1].Split('\r')[0];
        await connection.WriteAsync(connection.Number > 1
            ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray()
            : Encoding.Latin1.GetBytes(LoopbackListener.Redirect(location.Replace("{p}", port, StringComparison.Ordinal))));
    });

    private static LoopbackListener Chain(int redirects) =>
        LoopbackListener.AnsweringInTurn([.. Enumerable.Repeat(LoopbackListener.Redirect("/next"), redirects), LoopbackListener.Ok("arrived")]);
}
