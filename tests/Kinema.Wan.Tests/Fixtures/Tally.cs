using Kinema.Wan.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(Tally))]

namespace Kinema.Wan.Tests.Fixtures;

/// <summary>Says at the end how much was compared, and fails the whole run when fixtures were there and nothing was.</summary>
public sealed class Tally : IDisposable
{
    public void Dispose()
    {
        var all = FixtureFolder.ExpectedFiles.Select(Path.GetFullPath).ToList();
        var unused = all.Except(Compare.Files).Select(p => Path.GetRelativePath(FixtureFolder.Root, p)).Order(StringComparer.Ordinal).ToList();
        Console.WriteLine($"Made {Compare.Count} comparisons with {all.Count - unused.Count} of {all.Count} fixture files in {FixtureFolder.Root}.");
        if (unused.Count > 0)
            Console.WriteLine($"Not compared with {unused.Count}: {string.Join(", ", unused.Take(8))}{(unused.Count > 8 ? ", ..." : "")}.");

        if (all.Count > 0 && (Compare.Count == 0 || unused.Count == all.Count) && !IsNarrowed())
            throw new InvalidOperationException($"Of {all.Count} fixture file(s) in {FixtureFolder.Root} nothing was compared with any.");
    }

    // A filtered run may contain only tests that compare nothing.
    private static bool IsNarrowed() => Environment.GetCommandLineArgs()
        .Any(a => a.StartsWith("--filter-", StringComparison.Ordinal) && !a.StartsWith("--filter-not-", StringComparison.Ordinal));
}
