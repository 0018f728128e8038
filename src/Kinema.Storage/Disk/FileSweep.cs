using Kinema.Core.Artifacts;

namespace Kinema.Storage.Disk;

/// <summary>Takes away those of a store's files that no record names, by the rules of one sweep.</summary>
/// <param name="naming">The store's lock: held from the last look at a file's age until the file is gone.</param>
internal sealed class FileSweep<TName>(SweepRules<TName> rules, Trash trash, Lock naming, TimeProvider timeProvider)
{
    private readonly MinimumFileAge _age = new(timeProvider, rules.MinimumAge);
    private readonly DateTimeOffset _at = timeProvider.GetUtcNow();

    /// <param name="gone">Called with each file that was taken away.</param>
    public async Task<SweepReport> RunAsync(IEnumerable<(TName Name, string Path)> files, Action<string> gone, CancellationToken ct)
    {
        List<(TName Name, string Path)> unnamed = [.. files.Where(file => !rules.Live.Contains(file.Name) && IsOld(file.Path))];
        if (unnamed.Count == 0)
            return default;

        var forgotten = await rules.FindForgotten([.. unnamed.Select(file => file.Name)], ct);
        var report = default(SweepReport);
        foreach (var (name, path) in unnamed)
        {
            ct.ThrowIfCancellationRequested();
            var taken = Take(path, forgotten.TryGetValue(name, out var at) ? at : null);
            report = report.Plus(taken);
            if (taken.Forgotten + taken.Orphans > 0)
                gone(path);
        }

        return report;
    }

    private SweepReport Take(string path, DateTimeOffset? forgottenAt)
    {
        lock (naming)
        {
            if (!File.Exists(path) || !IsOld(path))
                return default;

            // A later file was stored again: its record may be one that a restored database lacks.
            var isForgotten = File.GetLastWriteTimeUtc(path) <= forgottenAt?.UtcDateTime;

            if (!isForgotten && rules.Within?.Covers(File.GetLastWriteTimeUtc(path)) == false)
                return new(0, 0, 1);

            if (!isForgotten && rules.UsesTrash)
                trash.Take(path, _at);
            else
                File.Delete(path);
            return isForgotten ? new(1, 0, 0) : new(0, 1, 0);
        }
    }

    private bool IsOld(string path) => _age.IsReached(File.GetLastWriteTimeUtc(path));
}
