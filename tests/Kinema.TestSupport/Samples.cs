namespace Kinema.TestSupport;

/// <summary>The photographs in <c>samples/media</c>.</summary>
public static class Samples
{
    private static readonly string[] _pictures = [".png", ".jpg"];

    public static string Folder { get; } = Find();

    public static IReadOnlyList<string> Photographs { get; } = [.. Directory.EnumerateFiles(Folder).Where(f => _pictures.Contains(Path.GetExtension(f))).Order()];

    public static string Photograph(string start) => Photographs.First(p => Path.GetFileName(p).StartsWith(start, StringComparison.Ordinal));

    public static string ContentTypeOf(string path) => Path.GetExtension(path) == ".png" ? "image/png" : "image/jpeg";

    public static string DataUri(string path) => $"data:{ContentTypeOf(path)};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Kinema.slnx")))
                return Path.Combine(folder.FullName, "samples", "media");
        }

        throw new DirectoryNotFoundException("The tests run inside the repository; Kinema.slnx was not found above them.");
    }
}
