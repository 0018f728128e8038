using System.Globalization;
using System.Text;
using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Urls;

/// <summary>
/// Random URLs with odd bytes. Each one that the guard accepts must reach the host that stands in its text, with its path and query as written and no header
/// of its own making. The expected values are read from the text by the plainest rules: the host ends at the first slash, question mark or number sign.
/// </summary>
public sealed class OddUrlTests
{
    private static readonly string[] _pieces =
    [
        "/", "//", ".", "..", "/../", "/./", "%2e%2e", "%2E", "%2f", "%5c", "%7E", "%7e", "%2D", "%2d", "%00", "%0d%0a", "%0D%0AX-Injected:%201", "%", "%zz", "%4",
        "?", "??", "#", "@", ":", ";", ":80", "a", "Z", "x0", "-", "_", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",", "=", "\"", "<", ">", "^", "`", "{", "|", "}",
        "[", "]", "ä", "你", "😀", "\u200e", "／", "．", "＠", "？", "http://inner.test/", "other.test", "@other.test", "127.0.0.3", "user:pw@",
    ];

    private static readonly string[] _forbidden = [" ", "\t", "\r\n", "\r\nX-Injected: 1", "\n", "\0", "\\", "\\\\", "\u0085", "\u00a0", "\u007f"];

    private static readonly string[] _hosts = ["one.test", "ONE.test", "one.test.", "127.0.0.2", "o-n_e.test"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_accepted_URL_reaches_its_own_host_with_its_own_bytes(int seed)
    {
        await using var own = LoopbackListener.Answering(LoopbackListener.Ok("x"), "127.0.0.2");
        await using var other = LoopbackListener.Answering(LoopbackListener.Ok("x"), "127.0.0.3", own.Port);
        await using var guard = Opened();
        var random = new Random(seed);
        var accepted = 0;

        for (var i = 0; i < 400; i++)
        {
            var url = RandomUrl(random, own.Port, mayHoldForbidden: true);
            if (guard.Urls.RefuseMedia(url) is not null)
            {
                (await guard.FetchAsync(url)).Result.ShouldBe(FetchResult.Unreachable);
                continue;
            }

            own.Requests.Clear();
            await guard.FetchAsync(url);
            await guard.SendAsync(url);
            if (!AuthorityOf(url).EndsWith($":{own.Port}", StringComparison.Ordinal))
            {
                // The odd piece ended the host before its port.
                own.Requests.ShouldBeEmpty(url);
                continue;
            }

            accepted++;
            own.Requests.Count.ShouldBe(2, url);
            Check(own.Requests[0], "GET", url, headers: 4);
            Check(own.Requests[1], "POST", url, headers: 5);
        }

        accepted.ShouldBeGreaterThan(150);
        other.Accepted.ShouldBe(0);
        guard.Dialer.Dials.ShouldAllBe(dial => dial.Address.ToString() == "127.0.0.2" && (dial.Port == own.Port || dial.Port == 80));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_redirect_reaches_the_host_of_its_location_with_the_bytes_of_its_location(int seed)
    {
        var location = "";
        await using var own = LoopbackListener.Answering(LoopbackListener.Ok("x"), "127.0.0.2");
        await using var other = LoopbackListener.Answering(LoopbackListener.Ok("x"), "127.0.0.3", own.Port);
        await using var start = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(LoopbackListener.Redirect(location));
        });
        await using var guard = Opened();
        var random = new Random(seed);
        var followed = 0;

        for (var i = 0; i < 300; i++)
        {
            location = RandomUrl(random, own.Port, mayHoldForbidden: false).Replace("Z", " x", StringComparison.Ordinal);
            own.Requests.Clear();
            var (result, _) = await guard.FetchAsync($"http://127.0.0.1:{start.Port}/");

            if (result.Outcome != FetchOutcome.Fetched)
            {
                own.Requests.ShouldBeEmpty(location);
                continue;
            }

            followed++;
            Check(own.Requests.ShouldHaveSingleItem(), "GET", location, headers: 4);
        }

        followed.ShouldBeGreaterThan(150);
        other.Accepted.ShouldBe(0);
    }

    private static Guard Opened() => new(
        Guard.Opening("127.0.0.0/8"), (name, _) => name is "other.test" or "inner.test" ? ["127.0.0.3"] : ["127.0.0.2"]);

    /// <summary>Most odd pieces stand in path and query; some stand where they may belong to the host.</summary>
    private static string RandomUrl(Random random, int port, bool mayHoldForbidden)
    {
        var text = new StringBuilder(random.Next(8) == 0 ? "HTTP://" : "http://");
        if (random.Next(10) == 0)
            text.Append(Pick(random, _pieces));
        text.Append(Pick(random, _hosts));
        if (random.Next(20) == 0)
            text.Append(Pick(random, _pieces));
        text.Append(CultureInfo.InvariantCulture, $":{port}");
        if (random.Next(4) > 0)
            text.Append(Pick(random, ["/", "?", "#", "/a?"]));
        for (var i = random.Next(12); i > 0; i--)
            text.Append(mayHoldForbidden && random.Next(60) == 0 ? Pick(random, _forbidden) : Pick(random, _pieces));
        return text.ToString();
    }

    private static void Check(string request, string method, string url, int headers)
    {
        var authority = AuthorityOf(url);
        var target = AfterScheme(url)[authority.Length..].Split('#')[0];
        var expected = Escape(target.StartsWith('/') ? target : "/" + target);

        var head = request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        head[0].ShouldBe($"{method} {expected} HTTP/1.1", url);
        head.Length.ShouldBe(1 + headers, url);
        head.Single(line => line.StartsWith("Host: ", StringComparison.Ordinal)).ShouldBe($"Host: {authority}", url, StringCompareShould.IgnoreCase);
    }

    private static string AuthorityOf(string url) => AfterScheme(url).Split('/', '?', '#')[0];

    private static string AfterScheme(string url) => url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];

    private static string Escape(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(b => b is > 0x20 and < 0x7f ? ((char)b).ToString() : $"%{b:X2}"));

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
