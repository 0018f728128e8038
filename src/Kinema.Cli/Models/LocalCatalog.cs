using Kinema.Core.Catalog;

namespace Kinema.Cli.Models;

/// <summary>Reads the manifests shipped with the program.</summary>
internal static class LocalCatalog
{
    public static ManifestCatalog Read()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "catalog");
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories);
        return new(files.Select(f => ManifestReader.Read(File.ReadAllText(f), Path.GetRelativePath(folder, f))));
    }
}
