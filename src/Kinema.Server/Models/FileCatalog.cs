using Kinema.Core.Catalog;

namespace Kinema.Server.Models;

/// <summary>Reads all manifests under a folder. A new file becomes a model at the next start, without code.</summary>
internal static class FileCatalog
{
    /// <exception cref="ManifestException">The folder or a manifest in it cannot be served; the message names the file.</exception>
    public static ICatalog Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ManifestException($"The catalogue folder {folder} does not exist.");

        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return new ManifestCatalog([.. files.Select(file => ManifestReader.Read(File.ReadAllText(file), Path.GetRelativePath(folder, file)))]);
    }
}
