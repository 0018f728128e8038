using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Urls;

public sealed class OutboundUrlsTests : IAsyncDisposable
{
    private readonly Guard _guard = new(Guard.Opening("127.0.0.1/32:8080"));

    [Theory]
    [InlineData("http://public.example/a.png")]
    [InlineData("HTTPS://Public.Example/a.png")]
    [InlineData("https://public.example:8443/a.png?sig=a%2Fb&x=1#top")]
    [InlineData("https://public.example")]
    [InlineData("https://public.example.?a=b")]
    [InlineData("https://a_b.public-host.example/ä.png")]
    [InlineData("https://xn--mller-kva.example/a.png")]
    [InlineData("https://8.8.8.8/a.png")]
    [InlineData("https://[2606:4700:4700::1111]:443/a.png")]
    [InlineData("http://single-label/a.png")]
    [InlineData("http://127.0.0.1:8080/opened.png")]
    public void A_plain_URL_is_accepted(string url)
    {
        _guard.Urls.RefuseMedia(url).ShouldBeNull();
        _guard.Urls.RefuseCallback(url).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "must be an absolute http or https URL")]
    [InlineData("a.png", "must be an absolute http or https URL")]
    [InlineData("/a.png", "must be an absolute http or https URL")]
    [InlineData("ftp://public.example/a.png", "must be an absolute http or https URL")]
    [InlineData("https://user:pass@public.example/", "must not hold a user name or password")]
    [InlineData("https://user@public.example/", "must not hold a user name or password")]
    [InlineData("https://public.example/my photo.png", "must not hold spaces, control characters or backslashes")]
    [InlineData("https://public.example\\a.png", "must not hold spaces, control characters or backslashes")]
    [InlineData("https://public.example/\0", "must not hold spaces, control characters or backslashes")]
    [InlineData("https://public.example:70000/", "must name a port from 1 to 65535")]
    [InlineData("https://public.example:0/", "must name a port from 1 to 65535")]
    [InlineData("https://127.0.0.1/", "is unreachable")]
    [InlineData("http://127.0.0.1:8081/", "is unreachable")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "is unreachable")]
    [InlineData("https://[::1]/", "is unreachable")]
    [InlineData("https://metadata.google.internal/", "is unreachable")]
    public void An_invalid_URL_is_refused_with_a_message_that_follows_the_field_name(string url, string refusal)
    {
        _guard.Urls.RefuseMedia(url).ShouldBe(refusal);
        _guard.Urls.RefuseCallback(url).ShouldBe(refusal);
    }

    [Theory]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://müller.example/")]
    [InlineData("https://public%2eexample/")]
    [InlineData("https:///")]
    [InlineData("https://a..example/")]
    public void An_ambiguous_host_is_refused(string url) =>
        _guard.Urls.RefuseMedia(url).ShouldNotBeNull().ShouldStartWith("must name its host plainly");

    [Fact]
    public void A_callback_URL_of_2048_characters_is_taken_and_one_more_is_refused()
    {
        var url = "https://public.example/".PadRight(2048, 'a');

        _guard.Urls.RefuseCallback(url).ShouldBeNull();
        _guard.Urls.RefuseCallback(url + "a").ShouldBe("must be at most 2048 characters; got 2049");
    }

    [Fact]
    public void A_media_URL_may_be_as_long_as_a_signed_one_gets()
    {
        var url = "https://public.example/".PadRight(8192, 'a');

        _guard.Urls.RefuseMedia(url).ShouldBeNull();
        _guard.Urls.RefuseMedia(url + "a").ShouldBe("must be at most 8192 characters; got 8193");
    }

    [Fact]
    public void Checking_a_URL_makes_no_DNS_query()
    {
        _guard.Urls.RefuseMedia("https://public.example/a.png").ShouldBeNull();

        _guard.Dns.LookUps("public.example").ShouldBe(0);
        _guard.Dialer.Dials.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _guard.DisposeAsync();
}
