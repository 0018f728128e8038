using Kinema.Core.Artifacts;
using Kinema.Outbound;

namespace Kinema.Crash.Host;

internal sealed class KillableArtifactStore(IArtifactStore inner, KillSwitch killSwitch) : IArtifactStore
{
    public string CreateScratch(Guid runId, long fence) => inner.CreateScratch(runId, fence);

    public async Task<StoredFile> PutAsync(string key, string localPath, CancellationToken ct)
    {
        var stored = await inner.PutAsync(key, localPath, ct);
        if (key.EndsWith("video.mp4", StringComparison.Ordinal))
            killSwitch.Reached(KillPoints.AfterFileWrite);
        return stored;
    }

    public string? Find(string key) => inner.Find(key);

    public void DeleteScratch(Guid runId, long fence) => inner.DeleteScratch(runId, fence);

    public Task<SweepReport> SweepAsync(SweepRules<string> rules, IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, CancellationToken ct) =>
        inner.SweepAsync(rules, activeAttempts, ct);
}

internal sealed class KillableCallbackSender(ICallbackSender inner, KillSwitch killSwitch) : ICallbackSender
{
    public async Task<CallbackReply> SendAsync(CallbackMessage message, CancellationToken ct)
    {
        var reply = await inner.SendAsync(message, ct);
        killSwitch.Reached(KillPoints.MidDelivery);
        return reply;
    }
}
