using System.ComponentModel;
using Kinema.Media.AudioVideo;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Ffmpeg;

internal sealed class VideoRemuxer(IOptions<MediaOptions> options) : IVideoRemuxer
{
    private const int MaxCharacters = 1 << 16;

    public async Task RemuxAsync(string source, string target, IReadOnlyDictionary<string, string> metadata, CancellationToken ct)
    {
        var media = options.Value;
        var program = ProcessLauncher.FindOnPath(media.FfmpegPath) ?? throw new EncodingException(FfmpegProbe.Missing(media.FfmpegPath));
        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y",
            .. RestrictedInput.Arguments("video/mp4", source, media.MaxDecodedPixels),
            "-map", "0:v:0", "-map", "0:a:0?", "-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
            .. EncoderArguments.Metadata(metadata),
            "-protocol_whitelist", "file,pipe", "-movflags", "+faststart+use_metadata_tags", "-f", "mp4", "file:" + Path.GetFullPath(target),
        ];
        try
        {
            var start = ProcessLauncher.CreateStartInfo(program, arguments, media.MemoryLimitMiB, media.CpuSecondsLimit);
            var result = await ProcessRunner.RunAsync(start, MaxCharacters, ct).ConfigureAwait(false);
            if (result.ExitCode != 0)
                throw new EncodingException($"writing the file anew ended with code {result.ExitCode}: {result.Stderr}");
        }
        catch (Win32Exception e)
        {
            throw new EncodingException($"'{program}' cannot be started: {e.Message}", e);
        }
    }
}
