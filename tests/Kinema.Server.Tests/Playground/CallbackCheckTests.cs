using System.Text;
using Kinema.Core.Callbacks;
using Kinema.Playground.Settings.Tester;

namespace Kinema.Server.Tests.Playground;

/// <summary>What the tester says of a callback is what a receiver finds.</summary>
public sealed class CallbackCheckTests
{
    private static readonly LiveSecret _current = new(Guid.CreateVersion7(), "whsec_" + Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()), true);
    private static readonly LiveSecret _next = new(Guid.CreateVersion7(), "whsec_" + Convert.ToBase64String(Enumerable.Range(9, 32).Select(i => (byte)i).ToArray()), false);

    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_780_000_000);
    private readonly byte[] _body = Encoding.UTF8.GetBytes("""{"event":"run.completed"}""");

    [Fact]
    public void What_the_signer_made_is_genuine_with_every_secret()
    {
        var check = Check(Sign(_current, _next), [_current, _next]);

        check.IsGenuine.ShouldBeTrue();
        check.StatusCode.ShouldBe(200);
        check.Steps.Count.ShouldBe(6);
    }

    [Fact]
    public void Another_body_another_secret_and_a_late_arrival_are_refused_at_their_step()
    {
        Failed(CallbackCheck.Of([.. _body, (byte)' '], Sign(_current), [_current], _now)).ShouldBe([$"webhook-signature, secret {_current.Text[..10]}… (current)", "Runflow-Signature"]);
        Failed(Check(Sign(_current), [_current, _next])).ShouldBe([$"webhook-signature, secret {_next.Text[..10]}…"]);
        Failed(Check(Sign(_current), [_current], _now.AddSeconds(300))).ShouldBeEmpty();
        Failed(Check(Sign(_current), [_current], _now.AddSeconds(301))).ShouldBe(["webhook-timestamp"]);
        Failed(Check(Sign(_current), [_current], _now.AddSeconds(-301))).ShouldBe(["webhook-timestamp"]);
        Check(Sign(_next), [_current]).StatusCode.ShouldBe(401);
    }

    [Fact]
    public void Without_secrets_nothing_is_genuine_and_nothing_is_refused()
    {
        var check = Check(Sign(), []);

        check.IsSigned.ShouldBeFalse();
        check.IsGenuine.ShouldBeFalse();
        check.StatusCode.ShouldBe(200);
    }

    private CallbackCheck Check(IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<LiveSecret> secrets, DateTimeOffset? at = null) =>
        CallbackCheck.Of(_body, headers, secrets, at ?? _now);

    private IReadOnlyList<KeyValuePair<string, string>> Sign(params IReadOnlyList<LiveSecret> secrets) =>
        CallbackSigner.Sign(secrets, Guid.CreateVersion7(), "request", _now, _body).Headers;

    private static IEnumerable<string> Failed(CallbackCheck check) => check.Steps.Where(step => !step.Passed).Select(step => step.Name);
}
