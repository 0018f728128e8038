using System.Globalization;
using Kinema.Client;
using Kinema.Core.Callbacks;
using Kinema.Playground.Settings.Tester;

namespace Kinema.Playground.Tests;

/// <summary>The callback tester and the client's verifier share no code, and agree on what is genuine.</summary>
public sealed class CallbackCheckTests
{
    private const long Sent = 1_780_000_000;
    private const string Id = "msg_0197";

    private static readonly string _secret = SecretOf(1);
    private static readonly string _other = SecretOf(2);

    private static readonly byte[] _body =
        """{"event":"run.completed","run_id":"01997f3e-0000-7000-8000-000000000001","status":"succeeded","output":null,"error":null,"created_at":"2026-01-01T00:00:00.000+00:00"}"""u8.ToArray();

    private static readonly Dictionary<string, (bool IsGenuine, Request Request)> _cases = new()
    {
        ["as it was signed"] = (true, new()),
        ["among signatures of other secrets"] = (true, new() { Signatures = $"{Sign(_other)} {Sign(_secret)} v1,AAAA" }),
        ["among signatures of other versions"] = (true, new() { Signatures = $"v1a,AAAA {Sign(_secret)}" }),
        ["at the end of the tolerance"] = (true, new() { Now = Sent + 300 }),
        ["from a clock that is ahead"] = (true, new() { Now = Sent - 300 }),
        ["too late"] = (false, new() { Now = Sent + 301 }),
        ["too early"] = (false, new() { Now = Sent - 301 }),
        ["with another secret"] = (false, new() { Signatures = Sign(_other) }),
        ["with another body"] = (false, new() { Body = [.. _body, (byte)'\n'] }),
        ["with another id"] = (false, new() { Id = "msg_0198" }),
        ["with another time"] = (false, new() { Timestamp = (Sent + 1).ToString(CultureInfo.InvariantCulture) }),
        ["with a time that is none"] = (false, new() { Timestamp = "yesterday" }),
        ["with a time with a sign"] = (false, new() { Timestamp = $"+{Sent}" }),
        ["with a time with a space"] = (false, new() { Timestamp = $" {Sent}" }),
        ["with a time with a fraction"] = (false, new() { Timestamp = $"{Sent}.0" }),
        ["with a time beyond any"] = (false, new() { Timestamp = "9223372036854775807" }),
        ["without an id"] = (false, new() { Id = null }),
        ["without a time"] = (false, new() { Timestamp = null }),
        ["without signatures"] = (false, new() { Signatures = null }),
        ["with an empty signature"] = (false, new() { Signatures = "" }),
        ["with half a signature"] = (false, new() { Signatures = Sign(_secret)[..20] }),
        ["with a signature and more"] = (false, new() { Signatures = Sign(_secret) + "A" }),
        ["with another version"] = (false, new() { Signatures = "v2" + Sign(_secret)[2..] }),
        ["without a version"] = (false, new() { Signatures = Sign(_secret)[3..] }),
        ["in capitals"] = (false, new() { Signatures = Sign(_secret).ToUpperInvariant() }),
        ["with a comma between signatures"] = (false, new() { Signatures = $"{Sign(_other)},{Sign(_secret)}" }),
        ["with letters beyond ASCII"] = (false, new() { Signatures = "v1,ä" }),
    };

    public static TheoryData<string> Cases => [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_agree_on_a_callback(string name)
    {
        var (isGenuine, request) = _cases[name];

        var check = CallbackCheck.Of(request.Body, request.Headers, [new LiveSecret(Guid.Empty, _secret, IsCurrent: true)], DateTimeOffset.FromUnixTimeSeconds(request.Now));
        var verifier = new CallbackVerifier([_secret], new FixedTime(request.Now));
        var isRead = verifier.TryRead(request.Body, header => request.Headers.FirstOrDefault(one => one.Key == header).Value, out _);

        // The tester also looks at Runflow-Signature, which has no place for an id or a time.
        check.Steps.Where(step => step.Name != "Runflow-Signature").All(step => step.Passed).ShouldBe(isGenuine);
        isRead.ShouldBe(isGenuine);
    }

    [Fact]
    public void They_agree_on_the_signature_over_the_body_alone()
    {
        var signature = CallbackSignature.Sign(_body, _secret);
        foreach (var (sent, isGenuine) in new[] { (signature, true), (signature.ToUpperInvariant(), false), (CallbackSignature.Sign(_body, _other), false), (signature[1..], false), ("", false) })
        {
            var check = CallbackCheck.Of(
                _body, [KeyValuePair.Create("Runflow-Signature", sent)], [new LiveSecret(Guid.Empty, _secret, IsCurrent: true)], DateTimeOffset.FromUnixTimeSeconds(Sent));

            check.Steps.Single(step => step.Name == "Runflow-Signature").Passed.ShouldBe(isGenuine, sent);
            CallbackSignature.Verify(_body, _secret, sent).ShouldBe(isGenuine, sent);
        }
    }

    private static string Sign(string secret) => StandardWebhookSignature.Sign(_body, secret, Id, Sent);

    private static string SecretOf(byte seed) => "whsec_" + Convert.ToBase64String(Enumerable.Repeat(seed, 32).ToArray());

    private sealed record Request
    {
        public byte[] Body { get; init; } = _body;

        public string? Id { get; init; } = CallbackCheckTests.Id;

        public string? Timestamp { get; init; } = Sent.ToString(CultureInfo.InvariantCulture);

        public string? Signatures { get; init; } = Sign(_secret);

        public long Now { get; init; } = Sent;

        public IReadOnlyList<KeyValuePair<string, string>> Headers =>
            [.. new[] { ("webhook-id", Id), ("webhook-timestamp", Timestamp), ("webhook-signature", Signatures) }
                .Where(header => header.Item2 is not null).Select(header => KeyValuePair.Create(header.Item1, header.Item2!))];
    }

    private sealed class FixedTime(long now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(now);
    }
}
