using Kinema.Core.Pricing;
using Kinema.Core.Upstream;
using Kinema.Hosted.DashScope.Wire;

namespace Kinema.Hosted.DashScope.Tasks;

/// <summary>Records how a task ended and what it cost. The provider bills only videos.</summary>
internal sealed class EndTask(IUpstreamTasks tasks, Price price)
{
    public Task HandleAsync(string key, TaskReply reply, CancellationToken ct) => reply.Status switch
    {
        Wire.TaskStatus.Succeeded => tasks.EndedAsync(key, UpstreamOutcome.Succeeded, price.Of(reply), ct),
        Wire.TaskStatus.Failed => tasks.EndedAsync(key, UpstreamOutcome.Failed, Money.Zero, ct),
        Wire.TaskStatus.Canceled => tasks.EndedAsync(key, UpstreamOutcome.Canceled, Money.Zero, ct),
        _ => tasks.EndedAsync(key, UpstreamOutcome.Unknown, cost: null, ct),
    };
}
