using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Core.Safety;
using Kinema.Worker.Attempts;
using Kinema.Worker.Preparation;
using Kinema.Worker.Safety;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Assignments;

/// <summary>What an assignment of this process's own store works with.</summary>
internal sealed class LocalAssignments(
    ICatalog catalog,
    IArtifactStore artifacts,
    PrepareAttempt prepare,
    MakePictures pictures,
    StoreOutput store,
    ISafetyChecker safety,
    CheckOutput check,
    IOptions<RunPolicy> policy,
    TimeProvider timeProvider)
{
    public IArtifactStore Artifacts => artifacts;

    public PrepareAttempt Prepare => prepare;

    public MakePictures Pictures => pictures;

    public StoreOutput Store => store;

    public ISafetyChecker Safety => safety;

    public CheckOutput Check => check;

    public TimeProvider TimeProvider => timeProvider;

    public LocalAssignment Create(ClaimedRun claim) =>
        new(claim, RunInputReader.Read(catalog, claim.Run), AttemptLimits.Of(policy.Value), timeProvider.GetUtcNow() - claim.Run.CreatedAt, this);
}
