using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Client.Tests;

public sealed class CallbackVerifierTests
{
    private const string Old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string New = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static readonly byte[] _body = Encoding.UTF8.GetBytes("""{"event":"run.completed","run_id":"019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f","status":"succeeded"}""");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1614265330));

    [Fact]
    public void A_callback_signed_with_any_of_the_secrets_is_read()
    {
        var verifier = new CallbackVerifier([Old, New], _time);

        verifier.TryRead(_body, Headers(New), out var callback).ShouldBeTrue();

        callback.ShouldNotBeNull().RunId.ShouldBe(Guid.Parse("019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f"));
        (callback.Event, callback.Status).ShouldBe((RunCallbackEvent.Completed, RunCallbackStatus.Succeeded));
    }

    [Fact]
    public void Another_secret_another_body_no_header_and_an_old_callback_are_refused()
    {
        var verifier = new CallbackVerifier([Old], _time);

        verifier.TryRead(_body, Headers(New), out var callback).ShouldBeFalse();
        callback.ShouldBeNull();
        verifier.TryRead([.. _body, 32], Headers(Old), out _).ShouldBeFalse();
        verifier.TryRead(_body, _ => null, out _).ShouldBeFalse();
        var headers = Headers(Old);
        _time.Advance(TimeSpan.FromMinutes(5.1));
        verifier.TryRead(_body, headers, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_signed_body_that_is_no_callback_is_an_error() =>
        Should.Throw<JsonException>(() => new CallbackVerifier([Old], _time).TryRead("{}"u8, Headers(Old, "{}"u8.ToArray()), out _));

    [Fact]
    public void Secrets_that_can_verify_nothing_are_refused()
    {
        Should.Throw<ArgumentNullException>(() => new CallbackVerifier(null!));
        Should.Throw<ArgumentException>(() => new CallbackVerifier([])).Message.ShouldContain("At least one secret");
        Should.Throw<ArgumentException>(() => new CallbackVerifier([Old, "whsec_?"])).Message.ShouldNotContain("whsec_?");
        Should.Throw<ArgumentException>(() => new CallbackVerifier(["whsec_"])).Message.ShouldContain("whsec_ followed by base64");
        Should.Throw<ArgumentOutOfRangeException>(() => new CallbackVerifier([Old], tolerance: TimeSpan.Zero)).Message.ShouldContain("above zero");
    }

    private Func<string, string?> Headers(string secret, byte[]? body = null)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return name => name switch
        {
            StandardWebhookSignature.IdHeaderName => "msg_1",
            StandardWebhookSignature.TimestampHeaderName => now.ToString(CultureInfo.InvariantCulture),
            StandardWebhookSignature.SignatureHeaderName => StandardWebhookSignature.Sign(body ?? _body, secret, "msg_1", now),
            _ => null,
        };
    }
}
