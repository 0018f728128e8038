namespace Kinema.Core.Artifacts;

/// <summary>Tells files that retention or a deletion gave up from files that no record ever named.</summary>
public interface IForgottenMedia
{
    /// <summary>Returns those of the artifact keys whose record was given up, and when.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken ct);

    /// <summary>Returns those of the contents whose record was given up, and when last.</summary>
    Task<IReadOnlyDictionary<(Guid OrgId, string Digest), DateTimeOffset>> FindAsync(IReadOnlyCollection<(Guid OrgId, string Digest)> contents, CancellationToken ct);
}
