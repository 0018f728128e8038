namespace Kinema.Pages;

/// <summary>Where the pages are served.</summary>
public interface IPageAddress
{
    /// <summary>The server's URL for callers, with a slash at the end; known when the server listens.</summary>
    Uri Base { get; }

    /// <summary>The path that a proxy puts before every path, without a slash at the end; usually empty.</summary>
    string Root => Base.AbsolutePath.TrimEnd('/');
}
