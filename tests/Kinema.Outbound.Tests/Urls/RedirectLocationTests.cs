using Kinema.Outbound.Urls;

namespace Kinema.Outbound.Tests.Urls;

public sealed class RedirectLocationTests
{
    /// <summary>The first three groups are the examples of RFC 3986, section 5.4, but for a fragment, which is not sent.</summary>
    [Theory]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("g#s", "http://a/b/c/g")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("g;x?y", "http://a/b/c/g;x?y")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../g", "http://a/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("../../../../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    // As written: only what is relative to a folder has its dot segments resolved.
    [InlineData("/x/../%7E%2e%2d", "http://a/x/../%7E%2e%2d")]
    [InlineData("https://B/x/./y%2fz", "https://B/x/./y%2fz")]
    [InlineData("%2e%2e/g", "http://a/b/c/%2e%2e/g")]
    [InlineData("?u=../x", "http://a/b/c/d;p?u=../x")]
    // As browsers and curl do.
    [InlineData("http://b/my photo.png?a b=c d#e f", "http://b/my%20photo.png?a%20b=c%20d")]
    [InlineData("/my photo.png", "http://a/my%20photo.png")]
    [InlineData("/\u00c3\u00a4\u00a0\u0085.png", "http://a/%C3%A4%A0%85.png")]
    // Left to the judgement of the next URL: a host holds neither space nor percent sign, and no other scheme is followed.
    [InlineData("http://b c/", "http://b%20c/")]
    [InlineData("//b c@d/", "http://b%20c@d/")]
    [InlineData("file:///etc/passwd", "file:///etc/passwd")]
    [InlineData("http:g", "http:g")]
    [InlineData("b:80/x", "b:80/x")]
    public void A_location_is_resolved_without_rewriting_it(string location, string expected)
    {
        OutboundUrl.Refuse("http://a/b/c/d;p?q", 100, out var from).ShouldBeNull();

        RedirectLocation.Resolve(from!, location).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#s")]
    public void A_location_that_names_no_other_place_is_none(string location)
    {
        OutboundUrl.Refuse("http://a/b", 100, out var from).ShouldBeNull();

        RedirectLocation.Resolve(from!, location).ShouldBeNull();
    }

    [Fact]
    public void A_relative_location_keeps_the_written_folder_of_its_URL()
    {
        OutboundUrl.Refuse("http://a//x%7E/%2d//file?a/b", 100, out var from).ShouldBeNull();

        RedirectLocation.Resolve(from!, "next%2D").ShouldBe("http://a//x%7E/%2d//next%2D");
    }
}
