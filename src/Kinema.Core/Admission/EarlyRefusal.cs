using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>Refuses a create that will be refused whatever its body says, so that a large body is not read in vain.</summary>
public sealed class EarlyRefusal(ICatalog catalog, IDiskSpaceCheck diskSpace, IStorageQuota quota, IQueueCheck queue, RunPolicy policy)
{
    /// <returns>The result, or null if the body decides.</returns>
    public async Task<CreateRunResult?> CheckAsync(Guid orgId, string modelSlug, CancellationToken ct)
    {
        if (catalog.Find(modelSlug) is not { } model)
            return new CreateRunResult.UnknownModel(modelSlug);
        if (!model.Enabled)
            return CreateRun.Disabled(model);
        if (!diskSpace.HasFreeSpace)
            return new CreateRunResult.StorageFull();

        if (await quota.CheckAsync(orgId, 0, ct) is { } exceeded)
            return new CreateRunResult.OverQuota(exceeded);

        return await queue.CheckAsync(orgId, new(policy.MaxQueued, policy.MaxQueuedPerOrganization), ct) switch
        {
            AdmitOutcome.QueueFull => new CreateRunResult.QueueFull(),
            AdmitOutcome.OrgQueueFull => new CreateRunResult.OrgQueueFull(),
            _ => null,
        };
    }
}
