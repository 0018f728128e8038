namespace Kinema.Core.Artifacts;

/// <summary>Finished files of runs. A key is <c>{run}/{fence}/{name}</c>, so that a losing attempt's files are never reachable.</summary>
public interface IArtifactStore
{
    /// <summary>A folder for one attempt's unfinished files, on the same volume.</summary>
    string CreateScratch(Guid runId, long fence);

    /// <summary>Takes a finished local file; it is durable when this returns.</summary>
    Task<StoredFile> PutAsync(string key, string localPath, CancellationToken ct);

    /// <summary>The file's path, or null when there is none.</summary>
    string? Find(string key);

    void DeleteScratch(Guid runId, long fence);

    /// <summary>Removes files and scratch folders that nothing names, if older than <paramref name="minimumAge"/>.</summary>
    Task<int> SweepAsync(IReadOnlySet<string> liveKeys, IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, TimeSpan minimumAge, CancellationToken ct);

    /// <summary>Bytes free on the volume.</summary>
    long FreeBytes { get; }
}

public sealed record StoredFile(string Key, long SizeBytes, string Digest);
