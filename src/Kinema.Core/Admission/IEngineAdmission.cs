using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>Refuses runs of one engine that it could not begin today, for example because the day's spend is reached.</summary>
public interface IEngineAdmission
{
    string EngineId { get; }

    /// <returns>Null, or a sentence on why not.</returns>
    Task<string?> RefuseAsync(Guid orgId, VideoRequest request, CancellationToken ct);
}
