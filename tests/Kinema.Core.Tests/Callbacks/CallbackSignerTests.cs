using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Callbacks;

namespace Kinema.Core.Tests.Callbacks;

public sealed class CallbackSignerTests
{
    private const string CurrentText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OlderText = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly Guid _delivery = Guid.Parse("01970000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset _sentAt = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly byte[] _body = """{"event":"run.completed"}"""u8.ToArray();
    private static readonly LiveSecret _current = new(Guid.Parse("01970000-0000-7000-8000-00000000000a"), CurrentText, IsCurrent: true);
    private static readonly LiveSecret _older = new(Guid.Parse("01970000-0000-7000-8000-00000000000b"), OlderText, IsCurrent: false);

    [Fact]
    public void The_hex_signature_agrees_with_the_second_vector_of_RFC_4231() =>
        CallbackSigner.HexSignature("Jefe", "what do ya want for nothing?"u8)
            .ShouldBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    [Fact]
    public void The_webhook_signature_agrees_with_the_published_Standard_Webhooks_vector() =>
        CallbackSigner.WebhookSignature(CurrentText, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}"""u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void A_callback_without_secrets_has_an_id_but_no_signature()
    {
        var signed = CallbackSigner.Sign([], _delivery, "req_1", _sentAt, _body);

        signed.SigningSecretId.ShouldBeNull();
        signed.Headers.ShouldBe(
        [
            new("Content-Type", "application/json"),
            new("Runflow-Request-Id", "req_1"),
            new("webhook-id", "01970000-0000-7000-8000-000000000001"),
            new("webhook-timestamp", "1614265330"),
        ]);
    }

    [Fact]
    public void The_Runflow_signature_is_keyed_on_the_whole_text_of_the_current_secret()
    {
        var signed = CallbackSigner.Sign([_current, _older], _delivery, "req_1", _sentAt, _body);

        Header(signed, "Runflow-Signature").ShouldBe(
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(CurrentText), _body)));
        signed.SigningSecretId.ShouldBe(_current.Id);
    }

    [Fact]
    public void Every_live_secret_adds_one_webhook_signature_keyed_on_its_decoded_bytes_in_the_order_given()
    {
        var signed = CallbackSigner.Sign([_current, _older], _delivery, "req_1", _sentAt, _body);

        Header(signed, "webhook-signature").ShouldBe($"{Expected(CurrentText)} {Expected(OlderText)}");
    }

    [Fact]
    public void A_current_secret_that_is_not_first_still_makes_the_Runflow_signature() =>
        CallbackSigner.Sign([_older, _current], _delivery, "req_1", _sentAt, _body).SigningSecretId.ShouldBe(_current.Id);

    [Fact]
    public void Without_a_current_secret_the_first_live_one_signs() =>
        CallbackSigner.Sign([_older], _delivery, "req_1", _sentAt, _body).SigningSecretId.ShouldBe(_older.Id);

    [Theory]
    [InlineData("plain text")]
    [InlineData("whsec_not*base64")]
    public void A_secret_of_another_form_signs_the_body_but_makes_no_webhook_signature(string text)
    {
        var signed = CallbackSigner.Sign([_current with { Text = text }], _delivery, "req_1", _sentAt, _body);

        Header(signed, "Runflow-Signature").ShouldBe(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(text), _body)));
        signed.Headers.ShouldNotContain(header => header.Key == "webhook-signature");
    }

    [Fact]
    public void A_later_attempt_keeps_the_Runflow_signature_and_the_id_and_renews_the_timestamped_one()
    {
        var first = CallbackSigner.Sign([_current], _delivery, "req_1", _sentAt, _body);
        var second = CallbackSigner.Sign([_current], _delivery, "req_1", _sentAt.AddSeconds(1), _body);

        Header(second, "Runflow-Signature").ShouldBe(Header(first, "Runflow-Signature"));
        Header(second, "webhook-id").ShouldBe(Header(first, "webhook-id"));
        Header(second, "webhook-timestamp").ShouldBe("1614265331");
        Header(second, "webhook-signature").ShouldNotBe(Header(first, "webhook-signature"));
    }

    [Fact]
    public void One_changed_byte_changes_both_signatures()
    {
        var changed = _body.ToArray();
        changed[0] ^= 1;

        var first = CallbackSigner.Sign([_current], _delivery, "req_1", _sentAt, _body);
        var second = CallbackSigner.Sign([_current], _delivery, "req_1", _sentAt, changed);

        Header(second, "Runflow-Signature").ShouldNotBe(Header(first, "Runflow-Signature"));
        Header(second, "webhook-signature").ShouldNotBe(Header(first, "webhook-signature"));
    }

    private static string Header(SignedCallback signed, string name) => signed.Headers.Single(header => header.Key == name).Value;

    private static string Expected(string secret)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"{_delivery}.1614265330."), .. _body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), content));
    }
}
