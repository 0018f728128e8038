using System.Globalization;

namespace Kinema.Storage.Disk;

/// <summary>Work in progress: <c>scratch/{run}-{fence}/</c> for each attempt.</summary>
internal sealed class ScratchFolders(DataFolder folder)
{
    public string Create(Guid runId, long fence)
    {
        var scratch = PathOf(runId, fence);
        try
        {
            DataFolder.CreatePrivate(folder.Scratch);
            DataFolder.CreatePrivate(scratch);
            return scratch;
        }
        catch (IOException e) when (FullDisk.IsCauseOf(e))
        {
            throw FullDisk.Explain(e);
        }
    }

    public void Delete(Guid runId, long fence)
    {
        if (Directory.Exists(PathOf(runId, fence)))
            Directory.Delete(PathOf(runId, fence), recursive: true);
    }

    /// <summary>Deletes old folders of attempts that no longer run; nothing in them was ever finished.</summary>
    public void Sweep(IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, MinimumFileAge age, CancellationToken ct)
    {
        if (!Directory.Exists(folder.Scratch))
            return;

        var active = activeAttempts.Select(a => PathOf(a.RunId, a.Fence)).ToHashSet(StringComparer.Ordinal);
        foreach (var scratch in Directory.EnumerateDirectories(folder.Scratch))
        {
            ct.ThrowIfCancellationRequested();
            if (!active.Contains(scratch) && age.IsReached(Directory.GetLastWriteTimeUtc(scratch)))
                Directory.Delete(scratch, recursive: true);
        }
    }

    private string PathOf(Guid runId, long fence) => Path.Combine(folder.Scratch, string.Create(CultureInfo.InvariantCulture, $"{runId}-{fence}"));
}
