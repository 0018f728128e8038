using System.ComponentModel;
using System.Globalization;
using Kinema.Engines;
using Kinema.Media.AudioVideo;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Ffmpeg;

/// <summary>Scales every frame down to a handful of pixels and up again: of a frame there is no more than its colours.</summary>
internal sealed class VideoBlur(IOptions<MediaOptions> options) : IVideoBlur
{
    /// <summary>Pixels that are left of the longer side.</summary>
    private const int Side = 16;

    private const int MaxCharacters = 1 << 16;

    public async Task BlurAsync(string video, VideoFormat format, BlurredFiles target, CancellationToken ct)
    {
        var media = options.Value;
        var program = ProcessLauncher.FindOnPath(media.FfmpegPath) ?? throw new EncodingException(FfmpegProbe.Missing(media.FfmpegPath));
        var start = ProcessLauncher.CreateStartInfo(program, Arguments(media, video, format, target), media.MemoryLimitMiB, media.CpuSecondsLimit);
        try
        {
            var result = await ProcessRunner.RunAsync(start, MaxCharacters, ct).ConfigureAwait(false);
            if (result.ExitCode != 0)
                throw new EncodingException($"blurring ended with code {result.ExitCode}: {result.Stderr}");
        }
        catch (Win32Exception e)
        {
            throw new EncodingException($"'{program}' cannot be started: {e.Message}", e);
        }
    }

    private static IReadOnlyList<string> Arguments(MediaOptions media, string video, VideoFormat format, BlurredFiles target) =>
    [
        "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y",
        .. RestrictedInput.Arguments("video/mp4", video, media.MaxDecodedPixels),
        "-filter_complex", Filters(format), "-map_metadata", "0",
        "-map", "[video]", "-map", "0:a?", "-c:a", "copy",
        .. EncoderArguments.Video(media, format.FramesPerSecond.ToString(CultureInfo.InvariantCulture)),
        "-protocol_whitelist", "file,pipe", "-movflags", "+faststart+use_metadata_tags", "-f", "mp4", "file:" + Path.GetFullPath(target.Video),
        "-map", "[poster]", "-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3", "-protocol_whitelist", "file,pipe", "-f", "image2pipe", "file:" + Path.GetFullPath(target.Poster),
        "-map", "[last]", "-frames:v", "1", "-c:v", "png", "-protocol_whitelist", "file,pipe", "-f", "image2pipe", "file:" + Path.GetFullPath(target.LastFrame),
    ];

    private static string Filters(VideoFormat format)
    {
        var scale = (double)Side / Math.Max(format.Width, format.Height);
        var (width, height) = (Few(format.Width * scale), Few(format.Height * scale));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[0:v:0]scale={width}:{height}:flags=area,scale={format.Width}:{format.Height}:flags=bilinear,split=3[video][middle][end];"
            + $"[middle]select=eq(n\\,{format.FrameCount / 2}),format=yuvj420p[poster];[end]select=eq(n\\,{format.FrameCount - 1}),format=rgb24[last]");

        static int Few(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
    }
}
