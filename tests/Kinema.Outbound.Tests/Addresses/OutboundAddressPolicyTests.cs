using System.Net;
using Kinema.Outbound.Addresses;

namespace Kinema.Outbound.Tests.Addresses;

public sealed class OutboundAddressPolicyTests
{
    [Fact]
    public void An_opened_range_with_a_port_leaves_its_neighbour_port_closed()
    {
        var judge = Opening("10.0.0.0/8:8080");

        judge.Evaluate(IPAddress.Parse("10.1.2.3"), 8080).IsAllowed.ShouldBeTrue();
        judge.Evaluate(IPAddress.Parse("10.1.2.3"), 8081).IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public void An_opened_address_is_allowed_and_still_not_public()
    {
        var verdict = Opening("10.0.0.0/8").Evaluate(IPAddress.Parse("10.1.2.3"), 22);

        verdict.IsAllowed.ShouldBeTrue();
        verdict.IsPublic.ShouldBeFalse();
    }

    [Fact]
    public void An_opened_range_leaves_its_neighbour_address_closed()
    {
        var judge = Opening("192.168.7.0/24");

        judge.Evaluate(IPAddress.Parse("192.168.7.255"), 80).IsAllowed.ShouldBeTrue();
        judge.Evaluate(IPAddress.Parse("192.168.8.0"), 80).IsAllowed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("169.254.170.23")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("fe80::a9fe:a9fe")]
    [InlineData("fe80::a9fe:a9fe%2")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::169.254.169.254")]
    [InlineData("::ffff:0:169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::169.254.169.254")]
    [InlineData("64:ff9b:1:a9fe:a9:fe00::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:a9fe:a9fe::1")]
    [InlineData("2001:0:808:808::5601:5601")]
    [InlineData("fd12::5efe:169.254.169.254")]
    public void No_opened_range_reaches_a_metadata_address(string address)
    {
        var judge = Opening("0.0.0.0/0", "::/0", "169.254.169.254/32", "::ffff:0:0/96", "0.0.0.0/0:80");

        judge.Evaluate(IPAddress.Parse(address), 80).Refusal.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("64:ff9b::/96", "64:ff9b::8.8.8.8", true)]
    [InlineData("64:ff9b::/96", "64:ff9b::10.0.0.1", false)]
    [InlineData("64:ff9b:1::/48", "64:ff9b:1::8.8.8.8", true)]
    [InlineData("64:ff9b:1::/48", "64:ff9b:1::127.0.0.1", false)]
    [InlineData("64:ff9b:1::/48", "64:ff9b:1:7f00:0:100:808:808", false)]
    [InlineData("::ffff:0:0/96", "::ffff:8.8.8.8", true)]
    [InlineData("::ffff:0:0/96", "::ffff:127.0.0.1", false)]
    [InlineData("2002::/16", "2002:808:808::1", true)]
    [InlineData("2002::/16", "2002:7f00:1::1", false)]
    public void An_opened_block_of_translated_addresses_still_has_the_inner_address_checked(string opened, string address, bool allowed) =>
        Opening(opened).Evaluate(IPAddress.Parse(address), 443).IsAllowed.ShouldBe(allowed);

    [Theory]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    public void Opening_an_address_does_not_open_its_translated_forms(string address) =>
        Opening("127.0.0.0/8").Evaluate(IPAddress.Parse(address), 80).IsAllowed.ShouldBeFalse();

    [Fact]
    public void A_zone_is_refused_even_where_its_block_is_open() =>
        Opening("fe80::/10").Evaluate(IPAddress.Parse("fe80::1%3"), 80).Refusal.ShouldBe("fe80::1%3 carries a zone");

    [Theory]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(445)]
    public void A_port_of_another_protocol_is_refused_on_a_public_address(int port) =>
        new OutboundAddressPolicy([]).Evaluate(IPAddress.Parse("8.8.8.8"), port).IsAllowed.ShouldBeFalse();

    [Theory]
    [InlineData(80)]
    [InlineData(443)]
    [InlineData(1024)]
    [InlineData(8443)]
    [InlineData(65535)]
    public void A_port_of_the_web_is_allowed_on_a_public_address(int port) =>
        new OutboundAddressPolicy([]).Evaluate(IPAddress.Parse("8.8.8.8"), port).IsAllowed.ShouldBeTrue();

    [Fact]
    public void A_public_address_opened_for_a_low_port_stays_public()
    {
        var verdict = Opening("8.8.8.0/24:81").Evaluate(IPAddress.Parse("8.8.8.8"), 81);

        verdict.IsAllowed.ShouldBeTrue();
        verdict.IsPublic.ShouldBeTrue();
    }

    [Fact]
    public void The_refusal_names_the_block_and_its_document() =>
        new OutboundAddressPolicy([]).Evaluate(IPAddress.Parse("100.64.3.4"), 443).Refusal.ShouldBe("100.64.3.4 is carrier-grade NAT (RFC 6598)");

    private static OutboundAddressPolicy Opening(params string[] entries) =>
        new([.. entries.Select(entry => AllowedRange.TryParse(entry, out var range) ? range : throw new FormatException(entry))]);
}
