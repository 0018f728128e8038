using Kinema.Core.Admission;
using Kinema.Core.Upstream;
using Kinema.Engines;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope;

/// <summary>Refuses runs that the day's spend leaves no room for. Only the reservation of the submit decides: runs that are queued have spent nothing yet.</summary>
internal sealed class SpendAdmission(IUpstreamTasks tasks, Price price, IOptions<HostedOptions> options) : IEngineAdmission
{
    public string EngineId => DashScopeEngine.EngineId;

    public async Task<string?> RefuseAsync(Guid orgId, VideoRequest request, CancellationToken ct)
    {
        if (options.Value is { MaxSpendPerDay: 0, MaxSpendPerDayPerOrganization: 0 })
            return null;

        var (spend, cost) = (await tasks.ReadSpendAsync(orgId.ToString(), ct), price.AtMost(request));
        return IsBeyond(spend.InAll.Micros + cost.Micros, options.Value.MaxSpendPerDay) || IsBeyond(spend.OfOrganization.Micros + cost.Micros, options.Value.MaxSpendPerDayPerOrganization)
            ? "What the operator spends on one day (UTC) at the provider of this model is reached."
            : null;
    }

    private static bool IsBeyond(long micros, decimal limit) => limit > 0 && micros > limit * 1_000_000m;
}
