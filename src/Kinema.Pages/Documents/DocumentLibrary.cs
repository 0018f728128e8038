using System.Collections.Frozen;

namespace Kinema.Pages.Documents;

/// <summary>The repository's documents and pictures that were published with the program, by the route of their page.</summary>
internal sealed class DocumentLibrary
{
    private const string Docs = "docs/";
    private const string Concepts = "docs/concepts/";

    private readonly FrozenDictionary<string, MarkdownDocument> _byRoute;
    private readonly FrozenDictionary<string, MarkdownDocument> _byPath;
    private readonly FrozenDictionary<string, string> _pictures;

    private DocumentLibrary(IReadOnlyList<MarkdownDocument> documents, IEnumerable<(string Path, string File)> pictures)
    {
        All = documents;
        _byRoute = documents.ToFrozenDictionary(document => document.Route);
        _byPath = documents.ToFrozenDictionary(document => document.Path);
        _pictures = pictures.ToFrozenDictionary(picture => RouteOf(picture.Path), picture => picture.File);
    }

    /// <summary>In the order of their paths.</summary>
    public IReadOnlyList<MarkdownDocument> All { get; }

    public static DocumentLibrary Read(string folder)
    {
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file)).ToList()
            : [];
        var isDocument = files.ToLookup(entry => entry.Path.EndsWith(".md", StringComparison.Ordinal));
        return new([.. isDocument[true].OrderBy(entry => entry.Path, StringComparer.Ordinal).Select(entry => Document(entry.Path, entry.File))], isDocument[false]);
    }

    public MarkdownDocument? FindByRoute(string route) => _byRoute.GetValueOrDefault(route);

    /// <summary>The file of a picture, or null.</summary>
    public string? FindPicture(string route) => _pictures.GetValueOrDefault(route);

    /// <summary>The route of a document's page or of a picture, or null where the file is not published.</summary>
    /// <param name="path">Path in the repository.</param>
    public string? RouteTo(string path) => _byPath.GetValueOrDefault(path)?.Route ?? (_pictures.ContainsKey(RouteOf(path)) ? RouteOf(path) : null);

    private static MarkdownDocument Document(string path, string file)
    {
        var text = File.ReadAllText(file);
        var heading = text.Split('\n').FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal));
        return new(path, RouteOf(path), heading?[2..].Trim().Replace("`", "", StringComparison.Ordinal) ?? Path.GetFileNameWithoutExtension(path), text);
    }

    private static string RouteOf(string path)
    {
        var name = path.EndsWith(".md", StringComparison.Ordinal) ? path[..^".md".Length] : path;
        if (name.EndsWith("/README", StringComparison.Ordinal))
            name = name[..^"/README".Length];
        if (path.StartsWith(Concepts, StringComparison.Ordinal))
            return "/" + name[Docs.Length..];
        return "/docs/" + (name.StartsWith(Docs, StringComparison.Ordinal) ? name[Docs.Length..] : name);
    }
}
