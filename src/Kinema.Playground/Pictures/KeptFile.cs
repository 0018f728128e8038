namespace Kinema.Playground.Pictures;

/// <summary>A picture or a video of the pages, under a URL that names its content, so that browsers keep it for good.</summary>
/// <param name="Route">Path of the URL, without the one that a proxy puts before it.</param>
/// <param name="File">Whole path of the file.</param>
/// <param name="ContentType">Its type.</param>
public sealed record KeptFile(string Route, string File, string ContentType);
