using Kinema.Client;

namespace Kinema.Cli.Runs;

/// <summary>Downloads outputs to files, completely or not at all.</summary>
internal static class OutputFileWriter
{
    public static async Task SaveAsync(KinemaClient client, string url, string path, CancellationToken ct)
    {
        var unfinished = path + ".part";
        try
        {
            await using (var file = File.Create(unfinished))
                await client.DownloadAsync(url, file, ct);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

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
