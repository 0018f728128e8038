using System.Globalization;
using System.Runtime.CompilerServices;
using Kinema.Engines;
using Kinema.Media.Ffmpeg;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Media.AudioVideo;

/// <summary>Decodes with a restricted ffmpeg process; keeps one frame in memory.</summary>
internal sealed class VideoReader(StreamProbe probe, IOptions<MediaOptions> options, TimeProvider timeProvider, ILogger<VideoReader> logger) : IVideoReader
{
    /// <summary>Tolerance of the resampled frame count: rounding at both ends.</summary>
    private const int FrameTolerance = 2;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        MediaInput video, int width, int height, int framesPerSecond, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((width | height) & 1, 0);
        int? known = video.Seconds is { } seconds ? Math.Max(1, (int)Math.Round(seconds * framesPerSecond)) : null;
        var most = known ?? ((int)TimeLimit.MaxMediaSeconds * framesPerSecond) + FrameTolerance;
        var picture = StreamDetails.Read(video)?.Video ?? await FindVideoStreamAsync(video, cancellationToken).ConfigureAwait(false);
        var media = options.Value;
        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-filter_threads", "2",
            .. VideoFilters.InputOptions(picture), .. RestrictedInput.Arguments(video.ContentType, video.Path, media.MaxDecodedPixels),
            "-map", $"0:{picture.Specifier}", "-an", "-sn", "-dn", "-vf", VideoFilters.Build(picture, width, height, framesPerSecond, known),
            "-frames:v", most.ToString(CultureInfo.InvariantCulture),
            "-protocol_whitelist", "pipe", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1",
        ];

        var output = DecoderProcess.Start(media, arguments, "input video", timeProvider, logger);
        await using var ending = output.ConfigureAwait(false);
        var frame = new byte[width * height * 3 / 2];
        var frames = 0;
        while (frames < most && await output.FillAsync(frame, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            if (count < frame.Length)
                throw output.Broken($"it ended in the middle of frame {frames}");
            frames++;
            yield return frame;
        }

        if (frames < most)
            await output.FinishAsync(cancellationToken).ConfigureAwait(false);
        if (frames == 0 || frames < known - FrameTolerance)
            throw output.Broken($"it ended after {frames} of {most} frames");
    }

    /// <summary>For videos that were not inspected, or that an older version inspected without storing details.</summary>
    private async Task<VideoStreamInfo> FindVideoStreamAsync(MediaInput video, CancellationToken ct) =>
        (await TimeLimit.RunAsync(
            TimeSpan.FromSeconds(options.Value.ProbeSecondsLimit),
            timeProvider,
            token => probe.FindStreamsAsync(video.ContentType, video.Path, token),
            late => (null, late),
            ct).ConfigureAwait(false)).Streams?.Video
        ?? throw new EngineException("the input video cannot be decoded: it has no video stream") { Code = "INPUT_MEDIA_INVALID" };
}
