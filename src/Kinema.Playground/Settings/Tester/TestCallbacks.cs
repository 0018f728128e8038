using System.Text;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Playground.Settings.Tester;

/// <summary>Makes callbacks as the dispatcher does, by the same composer and signer, and verifies them here; nothing is sent.</summary>
internal sealed class TestCallbacks(ICallbackComposer composer, ICallbackSecrets secrets, TimeProvider timeProvider)
{
    private const string ProbeId = "00000000-0000-0000-0000-000000000000";

    /// <summary>The callback of a run that has ended.</summary>
    public Task<TestCallbackResult> OfRunAsync(Run run, CancellationToken ct) => SignAsync(run.OrgId, run.RequestId, composer.Compose(run), ct);

    /// <summary>A callback of no run, to look at the signatures alone.</summary>
    public Task<TestCallbackResult> ProbeAsync(Guid orgId, CancellationToken ct) =>
        SignAsync(orgId, ProbeId, Encoding.UTF8.GetBytes($$"""{"event":"run.completed","run_id":"{{ProbeId}}"}"""), ct);

    private async Task<TestCallbackResult> SignAsync(Guid orgId, string requestId, byte[] body, CancellationToken ct)
    {
        try
        {
            var live = await secrets.ReadLiveAsync(orgId, ct);
            var now = timeProvider.GetUtcNow();
            var signed = CallbackSigner.Sign(live, Guid.CreateVersion7(now), requestId, now, body);
            return new(signed.Headers, body, CallbackCheck.Of(body, signed.Headers, live, now), null);
        }
        catch (CallbackSecretException e)
        {
            return new([], body, null, e.Message);
        }
    }
}

/// <param name="Headers">The headers of the request.</param>
/// <param name="Body">Its body.</param>
/// <param name="Check">What a receiver finds; null if there was nothing to check.</param>
/// <param name="Problem">Why the callback could not be signed, or null.</param>
public sealed record TestCallbackResult(IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body, CallbackCheck? Check, string? Problem);
