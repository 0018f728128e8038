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
        return new ManifestCatalog([.. files.Select(file => Read(folder, file))]);
    }

    private static ModelManifest Read(string folder, string file)
    {
        var name = Path.GetRelativePath(folder, file);
        var model = ManifestReader.Read(File.ReadAllText(file), name);
        return model with { Poster = Find("poster", model.Poster), Preview = Find("preview", model.Preview) };

        string? Find(string field, string? path)
        {
            if (path is null)
                return null;

            var full = Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file))!);
            return File.Exists(full) ? full : throw new ManifestException(name, field, $"names {path}, which is not there");
        }
    }
}
