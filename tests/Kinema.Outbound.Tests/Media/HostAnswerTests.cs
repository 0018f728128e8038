using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Media;

/// <summary>What a caller reads about a host that answered, but not with the file.</summary>
public sealed class HostAnswerTests
{
    [Theory]
    [InlineData("403 No\r\nContent-Type: application/xml\r\nContent-Length: 243",
        "the host answered 403 with application/xml, 243 bytes; the URL must give the file without credentials, and a signed URL must be unchanged and not expired")]
    [InlineData("404 No\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 0", "the host answered 404 with text/html, 0 bytes; check that the file is at this URL")]
    [InlineData("404 No\r\nTransfer-Encoding: chunked", "the host answered 404; check that the file is at this URL")]
    [InlineData("404 No\r\nContent-Type: <script>", "the host answered 404; check that the file is at this URL")]
    [InlineData("206 Part\r\nContent-Length: 5", "the host answered 206 with 5 bytes; the URL must give the whole file with status 200")]
    [InlineData("500 Oops\r\nContent-Length: 5", "the host answered 500 with 5 bytes; create the run again later")]
    [InlineData("429 Slow\r\nContent-Length: 5", "the host answered 429 with 5 bytes; create the run again later")]
    [InlineData("302 Found\r\nContent-Length: 5", "the host answered 302 with 5 bytes, a redirect without one usable Location")]
    [InlineData("302 Found\r\nLocation: ftp://x.test/\r\nContent-Length: 0", "it redirects to a URL that cannot be used: it must be an absolute http or https URL")]
    [InlineData("302 Found\r\nLocation: /again\r\nContent-Length: 0", "it redirects more than 5 times")]
    public async Task The_reason_tells_status_type_and_length_and_what_to_do(string head, string reason)
    {
        await using var host = LoopbackListener.Answering($"HTTP/1.1 {head}\r\n\r\n");

        (await FetchAsync(host)).ShouldBe(new FetchResult(FetchOutcome.Unreachable, reason));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_told_with_the_bytes_that_came()
    {
        await using var host = LoopbackListener.Answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");

        (await FetchAsync(host)).Reason.ShouldBe(
            "the host answered 200 with 100 bytes, but the file broke off or came too slowly after 9 bytes; try again or use another host");
    }

    [Fact]
    public async Task A_file_that_is_announced_too_large_is_told_with_its_length()
    {
        await using var host = LoopbackListener.Answering("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000001\r\n\r\n");

        (await FetchAsync(host)).ShouldBe(new FetchResult(FetchOutcome.TooLarge, "the host answered 200 with image/png, 1000001 bytes"));
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://nowhere.test/")]
    [InlineData("http://inside.test/")]
    [InlineData("http://169.254.169.254/latest/")]
    public async Task A_redirect_to_a_forbidden_a_dead_and_an_unknown_address_give_one_result(string location)
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Redirect(location));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), (name, _) => name == "inside.test" ? ["10.1.2.3"] : []);

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result.ShouldBe(FetchResult.Unreachable);
    }

    private static async Task<FetchResult> FetchAsync(LoopbackListener host)
    {
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));
        return (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result;
    }
}
