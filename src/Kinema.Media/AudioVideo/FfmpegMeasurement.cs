using Kinema.Media.Ffmpeg;

namespace Kinema.Media.AudioVideo;

/// <summary>What a restricted ffmpeg says of a file of which it makes nothing.</summary>
internal static class FfmpegMeasurement
{
    /// <param name="media">The program and its limits.</param>
    /// <param name="contentType">Type of the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="output">Streams to take and filters.</param>
    /// <param name="ct">Ends the program.</param>
    /// <returns>Null without the program.</returns>
    public static async Task<string?> ReadAsync(MediaOptions media, string contentType, string path, IEnumerable<string> output, CancellationToken ct)
    {
        if (ProcessLauncher.FindOnPath(media.FfmpegPath) is not { } program)
            return null;

        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "info",
            .. RestrictedInput.Arguments(contentType, path, media.MaxDecodedPixels), .. output, "-f", "null", "-",
        ];
        var start = ProcessLauncher.CreateStartInfo(program, arguments, media.MemoryLimitMiB, media.ProbeSecondsLimit * 2);
        return (await ProcessRunner.RunAsync(start, maxCharacters: 4096, ct).ConfigureAwait(false)).Stderr;
    }
}
