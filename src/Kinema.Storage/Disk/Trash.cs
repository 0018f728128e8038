using System.Globalization;
using Kinema.Core.Artifacts;

namespace Kinema.Storage.Disk;

/// <summary>Keeps swept files as <c>trash/{time of the sweep}/{path in the data folder}</c>, so that they can be put back by hand.</summary>
internal sealed class Trash(DataFolder folder, TimeProvider timeProvider) : ITrash
{
    private const string TimeForm = "yyyyMMdd'T'HHmmss'Z'";

    private readonly Lock _deleting = new();

    /// <summary>Moves a file of the data folder; its own times stay.</summary>
    public void Take(string file, DateTimeOffset sweptAt)
    {
        var name = sweptAt.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);
        var target = Path.Combine(folder.Trash, name, Path.GetRelativePath(folder.Root, file));
        DurableFileSystem.CreateFolder(folder.Root, Path.GetDirectoryName(target)!);
        DurableFileSystem.Rename(file, target);
    }

    public int DeleteExpired(TimeSpan keep)
    {
        var now = timeProvider.GetUtcNow();
        var deleted = 0;
        lock (_deleting)
        {
            foreach (var (path, _) in Sweeps().TakeWhile(sweep => now - sweep.At >= keep))
            {
                deleted += FilesIn(path).Length;
                Directory.Delete(path, recursive: true);
            }
        }

        return deleted;
    }

    /// <summary>Deletes files, those of the oldest sweep first, until there is enough room or nothing is left.</summary>
    public void DeleteUntil(Func<bool> isEnough)
    {
        lock (_deleting)
        {
            foreach (var (path, _) in Sweeps())
            {
                foreach (var file in FilesIn(path))
                {
                    if (isEnough())
                        return;
                    File.Delete(file);
                }

                Directory.Delete(path, recursive: true);
            }
        }
    }

    /// <summary>What is called otherwise was put there by somebody else, and stays.</summary>
    private List<(string Path, DateTimeOffset At)> Sweeps() => Directory.Exists(folder.Trash)
        ? [.. from path in Directory.GetDirectories(folder.Trash) where TimeOf(path) is not null orderby TimeOf(path) select (path, TimeOf(path)!.Value)]
        : [];

    private static DateTimeOffset? TimeOf(string path) =>
        DateTimeOffset.TryParseExact(Path.GetFileName(path), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string[] FilesIn(string path) => Directory.GetFiles(path, "*", SearchOption.AllDirectories);
}
