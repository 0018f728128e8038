namespace Kinema.Core.Admission;

/// <summary>Judges at the create what is already here: inline media, assets, and links of this server.</summary>
public interface ISafetyAdmission
{
    /// <returns>The refusal, or null if the run may be created.</returns>
    Task<CreateRunResult?> RefuseAsync(Guid orgId, CheckedMedia admitted, CancellationToken ct);
}
