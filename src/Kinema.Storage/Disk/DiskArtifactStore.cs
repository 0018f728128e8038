using System.Globalization;
using System.Security.Cryptography;
using Kinema.Core.Artifacts;

namespace Kinema.Storage.Disk;

/// <summary>Stores artifacts as files: <c>scratch/{run}-{fence}/</c> while in progress, <c>artifacts/{run}/{fence}/{name}</c> when finished.</summary>
internal sealed class DiskArtifactStore(DataFolder folder, TimeProvider timeProvider) : IArtifactStore
{
    /// <summary>Prevents the sweeper from removing a folder between its creation and the rename into it.</summary>
    private readonly Lock _naming = new();

    public long FreeBytes => new DriveInfo(folder.Root).AvailableFreeSpace;

    public string CreateScratch(Guid runId, long fence)
    {
        var scratch = ScratchOf(runId, fence);
        DataFolder.CreatePrivate(scratch);
        return scratch;
    }

    public async Task<StoredFile> PutAsync(string key, string localPath, CancellationToken ct)
    {
        var parsed = ArtifactKey.TryParse(key)
            ?? throw new ArgumentException($"An artifact's key is {{run}}/{{fence}}/{{name}}, the name of letters, digits, dots, dashes and underscores; got '{key}'.", nameof(key));

        string digest;
        long size;
        await using (var file = new FileStream(localPath, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16, useAsync: true))
        {
            digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
            size = file.Length;
            file.Flush(flushToDisk: true);
        }

        // The encoder made it with the process's own mode.
        PrivateFile.Restrict(localPath);
        File.SetLastWriteTimeUtc(localPath, timeProvider.GetUtcNow().UtcDateTime);
        var target = parsed.PathBelow(folder.Artifacts);
        lock (_naming)
        {
            DurableFileSystem.CreateFolder(folder.Artifacts, Path.GetDirectoryName(target)!);
            DurableFileSystem.Rename(localPath, target);
        }

        return new(key, size, digest);
    }

    public string? Find(string key) =>
        ArtifactKey.TryParse(key)?.PathBelow(folder.Artifacts) is { } path && File.Exists(path) ? path : null;

    public void DeleteScratch(Guid runId, long fence)
    {
        if (Directory.Exists(ScratchOf(runId, fence)))
            Directory.Delete(ScratchOf(runId, fence), recursive: true);
    }

    public Task<int> SweepAsync(
        IReadOnlySet<string> liveKeys, IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, TimeSpan minimumAge, CancellationToken ct) => Task.Run(
        () =>
        {
            var age = new MinimumFileAge(timeProvider, minimumAge);
            return SweepFiles(liveKeys, activeAttempts, age, ct) + SweepScratch(activeAttempts, age, ct);
        },
        ct);

    private int SweepFiles(IReadOnlySet<string> liveKeys, IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, MinimumFileAge age, CancellationToken ct)
    {
        var swept = 0;
        foreach (var file in Directory.EnumerateFiles(folder.Artifacts, "*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(folder.Artifacts, file).Replace(Path.DirectorySeparatorChar, '/');
            var parsed = ArtifactKey.TryParse(key);
            if (liveKeys.Contains(key) || (parsed is not null && activeAttempts.Contains((parsed.RunId, parsed.Fence))) || !age.IsReached(File.GetLastWriteTimeUtc(file)))
                continue;

            File.Delete(file);
            swept++;
            RemoveIfEmpty(Path.GetDirectoryName(file)!);
        }

        return swept;
    }

    private int SweepScratch(IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, MinimumFileAge age, CancellationToken ct)
    {
        var active = activeAttempts.Select(a => ScratchOf(a.RunId, a.Fence)).ToHashSet(StringComparer.Ordinal);
        var swept = 0;
        foreach (var scratch in Directory.EnumerateDirectories(folder.Scratch))
        {
            ct.ThrowIfCancellationRequested();
            if (active.Contains(scratch) || !age.IsReached(Directory.GetLastWriteTimeUtc(scratch)))
                continue;

            Directory.Delete(scratch, recursive: true);
            swept++;
        }

        return swept;
    }

    /// <summary>Removes the folders of the fence and the run if they are empty.</summary>
    private void RemoveIfEmpty(string directory)
    {
        lock (_naming)
        {
            while (directory.Length > folder.Artifacts.Length && !Directory.EnumerateFileSystemEntries(directory).Any())
            {
                Directory.Delete(directory);
                directory = Path.GetDirectoryName(directory)!;
            }
        }
    }

    private string ScratchOf(Guid runId, long fence) =>
        Path.Combine(folder.Scratch, string.Create(CultureInfo.InvariantCulture, $"{runId}-{fence}"));
}
