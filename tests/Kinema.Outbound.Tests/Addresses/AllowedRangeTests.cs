using System.Net;
using Kinema.Outbound.Addresses;

namespace Kinema.Outbound.Tests.Addresses;

public sealed class AllowedRangeTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.2.3.4", 1)]
    [InlineData("10.0.0.0/8:8080", "10.2.3.4", 8080)]
    [InlineData("0.0.0.0/0", "255.255.255.255", 9)]
    [InlineData("127.0.0.1/32:65535", "127.0.0.1", 65535)]
    [InlineData("fc00::/7", "fd00::1", 80)]
    [InlineData("fc00::/7:443", "fd00::1", 443)]
    [InlineData("[fc00::/7]", "fd00::1", 80)]
    [InlineData("[fc00::/7]:443", "fd00::1", 443)]
    [InlineData("::1/128:80", "::1", 80)]
    [InlineData("::ffff:0:0/96", "::ffff:1.2.3.4", 80)]
    public void An_entry_holds_its_addresses_and_port(string entry, string address, int port)
    {
        AllowedRange.TryParse(entry, out var range).ShouldBeTrue();

        range.Contains(IPAddress.Parse(address), port).ShouldBeTrue();
    }

    [Theory]
    [InlineData("10.0.0.0/8:8080", "10.0.0.1", 8081)]
    [InlineData("10.0.0.0/8", "11.0.0.1", 80)]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", 80)]
    [InlineData("::/0", "10.0.0.1", 80)]
    [InlineData("0.0.0.0/0", "::1", 80)]
    [InlineData("[fc00::/7]:443", "fd00::1", 80)]
    [InlineData("2000::/3", "::ffff:10.0.0.1", 80)]
    public void An_entry_holds_nothing_else(string entry, string address, int port)
    {
        AllowedRange.TryParse(entry, out var range).ShouldBeTrue();

        range.Contains(IPAddress.Parse(address), port).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("localhost")]
    [InlineData("example.com/8")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1:80")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x0a.0.0.0/8")]
    [InlineData("167772160/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8:")]
    [InlineData("10.0.0.0/8:0")]
    [InlineData("10.0.0.0/8:65536")]
    [InlineData("10.0.0.0/8:http")]
    [InlineData("10.0.0.0/8:+80")]
    [InlineData("10.0.0.0/8 ")]
    [InlineData(" 10.0.0.0/8")]
    [InlineData("[10.0.0.0/8]:80")]
    [InlineData("[fc00::/7")]
    [InlineData("[fc00::/7]443")]
    [InlineData("[fc00::]/7:443")]
    [InlineData("[[fc00::/7]]")]
    [InlineData("fc00::/129")]
    [InlineData("fc00::1/7")]
    [InlineData("fe80::%1/10")]
    public void An_entry_of_another_form_is_refused(string entry) => AllowedRange.TryParse(entry, out _).ShouldBeFalse();
}
