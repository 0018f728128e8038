using System.Text;

namespace Kinema.Client.Tests;

public sealed class SignatureTests
{
    // RFC 4231, test case 2.
    private const string Secret = "Jefe";
    private const string Signature = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    private static readonly byte[] _body = Encoding.ASCII.GetBytes("what do ya want for nothing?");

    // The example of the Standard Webhooks reference libraries.
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string StandardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] _standardBody = Encoding.ASCII.GetBytes("""{"test": 2432232314}""");
    private static readonly TimeSpan _tolerance = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset _then = DateTimeOffset.FromUnixTimeSeconds(Timestamp);

    [Fact]
    public void The_hex_signature_is_HMAC_SHA256_keyed_by_the_text()
    {
        CallbackSignature.Sign(_body, Secret).ShouldBe(Signature);
        CallbackSignature.Verify(_body, Secret, Signature).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5bdcc146")]
    [InlineData("5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843")]
    [InlineData("4bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b9")]
    [InlineData("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    [InlineData("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843 ")]
    public void Any_other_hex_signature_is_refused(string? signature) => CallbackSignature.Verify(_body, Secret, signature).ShouldBeFalse();

    [Fact]
    public void Another_body_or_another_secret_is_refused()
    {
        CallbackSignature.Verify([.. _body, 0], Secret, Signature).ShouldBeFalse();
        CallbackSignature.Verify(_body, "jefe", Signature).ShouldBeFalse();
    }

    [Fact]
    public void The_standard_signature_equals_the_reference()
    {
        StandardWebhookSignature.Sign(_standardBody, StandardSecret, Id, Timestamp).ShouldBe(StandardSignature);
        StandardWebhookSignature.Verify(_standardBody, StandardSecret, Id, "1614265330", StandardSignature, _then, _tolerance).ShouldBeTrue();
        StandardWebhookSignature.Verify(_standardBody, StandardSecret["whsec_".Length..], Id, "1614265330", StandardSignature, _then, _tolerance).ShouldBeTrue();
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_?")]
    public void A_secret_that_is_empty_or_not_base64_signs_nothing(string secret) =>
        Should.Throw<FormatException>(() => StandardWebhookSignature.Sign(_standardBody, secret, Id, Timestamp));

    [Fact]
    public void One_good_signature_among_several_is_enough() =>
        StandardWebhookSignature.Verify(_standardBody, StandardSecret, Id, "1614265330", $"v1,AAAA v2,x {StandardSignature}", _then, _tolerance).ShouldBeTrue();

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_message_is_accepted_for_five_minutes_either_way(int secondsLater, bool accepted) =>
        StandardWebhookSignature.Verify(_standardBody, StandardSecret, Id, "1614265330", StandardSignature, _then.AddSeconds(secondsLater), _tolerance).ShouldBe(accepted);

    [Theory]
    [InlineData(null, "1614265330", StandardSignature)]
    [InlineData("msg_other", "1614265330", StandardSignature)]
    [InlineData(Id, null, StandardSignature)]
    [InlineData(Id, "", StandardSignature)]
    [InlineData(Id, "-1614265330", StandardSignature)]
    [InlineData(Id, "1614265330.0", StandardSignature)]
    [InlineData(Id, "99999999999999999999", StandardSignature)]
    [InlineData(Id, "9223372036854775807", StandardSignature)]
    [InlineData(Id, "1614265330", null)]
    [InlineData(Id, "1614265330", "")]
    [InlineData(Id, "1614265330", "v1,")]
    [InlineData(Id, "1614265330", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(Id, "1614265330", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(Id, "1614265331", StandardSignature)]
    public void A_message_with_a_missing_or_malformed_header_is_refused(string? id, string? timestamp, string? signatures) =>
        StandardWebhookSignature.Verify(_standardBody, StandardSecret, id, timestamp, signatures, _then, _tolerance).ShouldBeFalse();
}
