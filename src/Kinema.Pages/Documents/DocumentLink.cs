namespace Kinema.Pages.Documents;

/// <summary>What a link of a document leads to on this server.</summary>
/// <param name="Route">Path of a page or a file.</param>
/// <param name="Fragment">With <c>#</c>, or empty.</param>
/// <param name="IsPage">Whether it has a Markdown form.</param>
internal sealed record DocumentLink(string Route, string Fragment, bool IsPage)
{
    /// <summary>Whether the link leads to the same page or to another host.</summary>
    public static bool IsOutside(string? url) => string.IsNullOrEmpty(url) || url.StartsWith('#') || url.Contains(':', StringComparison.Ordinal);

    /// <returns>Null where the file is not published.</returns>
    public static DocumentLink? Resolve(DocumentLibrary library, string url, string path)
    {
        var (file, fragment) = url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? (url[..at], url[at..]) : (url, "");
        if (file.StartsWith('/'))
            return new(file, fragment, !Path.HasExtension(file) && !file.Contains('?', StringComparison.Ordinal));

        var target = new Uri(new Uri("http://repository/" + path), file).AbsolutePath[1..];
        return library.RouteTo(target) is { } route ? new(route, fragment, target.EndsWith(".md", StringComparison.Ordinal)) : null;
    }
}
