using System.Xml.Linq;

namespace Kinema.Architecture.Tests;

/// <summary>The repository the tests stand in: its projects, source files and built assemblies.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project of the product with the projects it declares it needs.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), ReadReferences);

    /// <summary>Built product assemblies beside the test.</summary>
    public static IReadOnlyList<string> Assemblies { get; } =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "Kinema.*.dll").Where(path => !path.EndsWith(".Tests.dll", StringComparison.Ordinal)).Order()];

    /// <summary>Hand-written C# files, relative to the root.</summary>
    public static IReadOnlyList<string> SourceFiles { get; } = [.. new[] { "src", "tests", "benchmarks", "samples" }
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Order()];

    public static string[] ReadLines(string relativePath) => File.ReadAllLines(Path.Combine(Root, relativePath));

    private static string[] ReadReferences(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).Order()];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kinema.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
