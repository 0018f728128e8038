using System.Security.Cryptography;
using Kinema.Core.Artifacts;

namespace Kinema.Storage.Disk;

/// <summary>Stores artifacts as files: <c>scratch/{run}-{fence}/</c> while in progress, <c>artifacts/{run}/{fence}/{name}</c> when finished.</summary>
internal sealed class DiskArtifactStore(DataFolder folder, Trash trash, TimeProvider timeProvider) : IArtifactStore
{
    private readonly ScratchFolders _scratch = new(folder);

    /// <summary>Prevents the sweeper from removing a folder between its creation and the rename into it.</summary>
    private readonly Lock _naming = new();

    public string CreateScratch(Guid runId, long fence) => _scratch.Create(runId, fence);

    public async Task<StoredFile> PutAsync(string key, string localPath, CancellationToken ct)
    {
        var parsed = ArtifactKey.TryParse(key)
            ?? throw new ArgumentException($"An artifact's key is {{run}}/{{fence}}/{{name}}, the name of letters, digits, dots, dashes and underscores; got '{key}'.", nameof(key));

        try
        {
            return await PutAsync(parsed, key, localPath, ct);
        }
        catch (IOException e) when (FullDisk.IsCauseOf(e))
        {
            throw FullDisk.Explain(e);
        }
    }

    public string? Find(string key) =>
        ArtifactKey.TryParse(key)?.PathBelow(folder.Artifacts) is { } path && File.Exists(path) ? path : null;

    /// <summary>Deletes all files of a run, also those of attempts that were superseded.</summary>
    public void DeleteAll(Guid runId)
    {
        var path = Path.Combine(folder.Artifacts, runId.ToString());
        lock (_naming)
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
    }

    public void DeleteScratch(Guid runId, long fence) => _scratch.Delete(runId, fence);

    public Task<SweepReport> SweepAsync(SweepRules<string> rules, IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, CancellationToken ct) => Task.Run(
        async () =>
        {
            var inactive = Files().Where(file => ArtifactKey.TryParse(file.Name) is not { } key || !activeAttempts.Contains((key.RunId, key.Fence)));
            var report = await new FileSweep<string>(rules, trash, _naming, timeProvider).RunAsync(inactive, RemoveEmptyFolders, ct);
            _scratch.Sweep(activeAttempts, new(timeProvider, rules.MinimumAge), ct);
            return report;
        },
        ct);

    private async Task<StoredFile> PutAsync(ArtifactKey parsed, string key, string localPath, CancellationToken ct)
    {
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

    private IEnumerable<(string Name, string Path)> Files() => Directory.Exists(folder.Artifacts)
        ? Directory.EnumerateFiles(folder.Artifacts, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(folder.Artifacts, path).Replace(Path.DirectorySeparatorChar, '/'), path))
        : [];

    /// <summary>Removes the folders of the fence and the run if they are empty.</summary>
    private void RemoveEmptyFolders(string file)
    {
        lock (_naming)
        {
            var directory = Path.GetDirectoryName(file)!;
            while (directory.Length > folder.Artifacts.Length && !Directory.EnumerateFileSystemEntries(directory).Any())
            {
                Directory.Delete(directory);
                directory = Path.GetDirectoryName(directory)!;
            }
        }
    }
}
