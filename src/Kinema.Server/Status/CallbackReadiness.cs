using Kinema.Core.Callbacks;

namespace Kinema.Server.Status;

/// <summary>Says how many organisations get no callbacks for now. Somebody wants that, so the server is ready all the same.</summary>
internal sealed class CallbackReadiness(ICallbackPauses pauses) : IReadinessCheck
{
    public string Name => "callbacks";

    public Task<string?> FindProblemAsync(CancellationToken ct) => Task.FromResult<string?>(null);

    public async Task<string> DescribeAsync(CancellationToken ct) =>
        (await pauses.ListAsync(ct)).Count is > 0 and var count ? $"paused for {count} of the organizations" : "ok";
}
