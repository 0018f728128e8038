namespace Kinema.Core.Runs;

/// <summary>Erases what a run was asked and what came of it; id, money, times and status stay.</summary>
public interface IRunErasure
{
    /// <summary>Erases a run that has ended and has no delivery due. Its records are gone when this returns, its files too.</summary>
    Task<RunErasureResult> EraseAsync(Guid orgId, Guid runId, CancellationToken ct);
}

/// <param name="Outcome">What was done.</param>
/// <param name="UsedBy">An unfinished run that uses inline data of this one.</param>
public sealed record RunErasureResult(RunErasureOutcome Outcome, Guid? UsedBy = null);

public enum RunErasureOutcome
{
    Erased,
    NotFound,
    NotEnded,

    /// <summary>A callback is due or under way.</summary>
    DeliveryDue,

    /// <summary>See <see cref="RunErasureResult.UsedBy"/>.</summary>
    InUse,
}
