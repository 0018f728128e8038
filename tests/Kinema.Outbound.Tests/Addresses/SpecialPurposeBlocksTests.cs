using System.Net;
using Kinema.Outbound.Addresses;

namespace Kinema.Outbound.Tests.Addresses;

public sealed class SpecialPurposeBlocksTests
{
    private static readonly OutboundAddressPolicy _closed = new([]);

    public static TheoryData<string> Blocks => [.. SpecialPurposeBlocks.All.Select(special => special.Text)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void The_first_and_the_last_address_of_a_block_are_forbidden(string cidr)
    {
        var (first, last) = Ends(cidr);

        _closed.Evaluate(first, 443).IsAllowed.ShouldBeFalse();
        _closed.Evaluate(first, 443).IsPublic.ShouldBeFalse();
        _closed.Evaluate(last, 443).IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public void Every_block_names_its_document() => SpecialPurposeBlocks.All.ShouldAllBe(special => special.Source.StartsWith("RFC "));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("93.184.216.34")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("191.255.255.255")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("203.0.112.255")]
    [InlineData("203.0.114.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2003::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:800::200e")]
    [InlineData("3fff:1000::1")]
    public void A_public_address_beside_the_blocks_is_allowed(string address)
    {
        var verdict = _closed.Evaluate(IPAddress.Parse(address), 443);

        verdict.Refusal.ShouldBeNull();
        verdict.IsPublic.ShouldBeTrue();
    }

    private static (IPAddress First, IPAddress Last) Ends(string cidr)
    {
        var parts = cidr.Split('/');
        var first = IPAddress.Parse(parts[0]);
        var last = first.GetAddressBytes();
        for (var bit = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture); bit < last.Length * 8; bit++)
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return (first, new IPAddress(last));
    }
}
