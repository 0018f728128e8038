namespace Kinema.Core.Artifacts;

/// <summary>Tells files that retention or a deletion gave up from files that no record ever named.</summary>
public interface IForgottenMedia
{
    /// <summary>Returns those of the artifact keys whose record was given up.</summary>
    Task<IReadOnlySet<string>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken ct);

    /// <summary>Returns those of the contents whose record was given up.</summary>
    Task<IReadOnlySet<(Guid OrgId, string Digest)>> FindAsync(IReadOnlyCollection<(Guid OrgId, string Digest)> contents, CancellationToken ct);
}
