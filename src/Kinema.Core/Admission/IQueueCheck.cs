using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>Reads whether the queue takes another run now. Only <see cref="IRunLedger.AdmitAsync"/> decides.</summary>
public interface IQueueCheck
{
    Task<AdmitOutcome> CheckAsync(Guid orgId, AdmissionLimits limits, CancellationToken ct);
}
