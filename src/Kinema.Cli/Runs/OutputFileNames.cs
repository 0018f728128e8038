namespace Kinema.Cli.Runs;

/// <summary>Names for output files.</summary>
internal static class OutputFileNames
{
    /// <summary>Returns an unused file name: <c>cat.mp4</c>, then <c>cat-2.mp4</c>. Only for names that the user did not give.</summary>
    public static string FreeName(string folder, string source)
    {
        var stem = MediaSource.IsFile(source) ? Path.GetFileNameWithoutExtension(source) : "video";
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(folder, number == 1 ? $"{stem}.mp4" : FormattableString.Invariant($"{stem}-{number}.mp4"));
            if (!File.Exists(path))
                return path;
        }
    }
}
