using Kinema.Core.Storage;

namespace Kinema.Core.Artifacts;

/// <summary>Stores output files of runs. A key is <c>{run}/{fence}/{name}</c>, so that files of a superseded attempt are never reachable.</summary>
public interface IArtifactStore
{
    /// <summary>Creates a scratch folder for an attempt, on the same volume.</summary>
    /// <exception cref="StorageFullException">There is no room.</exception>
    string CreateScratch(Guid runId, long fence);

    /// <summary>Stores a finished local file; it is durable when this returns.</summary>
    /// <exception cref="StorageFullException">There is no room.</exception>
    Task<StoredFile> PutAsync(string key, string localPath, CancellationToken ct);

    /// <summary>Returns the path of a file, or null if it does not exist.</summary>
    string? Find(string key);

    void DeleteScratch(Guid runId, long fence);

    /// <summary>Takes away files that nothing names, and deletes scratch folders of attempts that no longer run.</summary>
    Task<SweepReport> SweepAsync(SweepRules<string> rules, IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, CancellationToken ct);
}

public sealed record StoredFile(string Key, long SizeBytes, string Digest);
