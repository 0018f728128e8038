namespace Kinema.TestSupport;

/// <summary>The photographs in <c>samples/media</c>.</summary>
public static class Samples
{
    private static readonly string[] _pictures = [".png", ".jpg"];

    public static string Folder { get; } = Repository.File("samples", "media");

    public static IReadOnlyList<string> Photographs { get; } = [.. Directory.EnumerateFiles(Folder).Where(f => _pictures.Contains(Path.GetExtension(f))).Order()];

    public static string Photograph(string start) => Photographs.First(p => Path.GetFileName(p).StartsWith(start, StringComparison.Ordinal));

    public static string ContentTypeOf(string path) => Path.GetExtension(path) == ".png" ? "image/png" : "image/jpeg";

    public static string DataUri(string path) => $"data:{ContentTypeOf(path)};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";
}
