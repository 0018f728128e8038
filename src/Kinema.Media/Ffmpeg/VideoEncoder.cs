using System.ComponentModel;
using System.Diagnostics;
using Kinema.Engines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Ffmpeg;

/// <summary>Encodes with ffmpeg; frames go to its standard input, so none is buffered here.</summary>
internal sealed class VideoEncoder(IOptions<MediaOptions> options, TimeProvider timeProvider, ILogger<VideoEncoder> logger) : IVideoEncoder
{
    public IVideoEncoding Start(VideoFormat format, string outputPath, IReadOnlyDictionary<string, string> metadata, Soundtrack? soundtrack = null)
    {
        var media = options.Value;
        var program = ProcessLauncher.FindOnPath(media.FfmpegPath) ?? throw new EncodingException(FfmpegProbe.Missing(media.FfmpegPath));
        var output = Path.GetFullPath(outputPath);
        var arguments = EncoderArguments.Build(media, format, output, metadata, soundtrack);
        var start = ProcessLauncher.CreateStartInfo(program, arguments, media.MemoryLimitMiB, media.CpuSecondsLimit);
        try
        {
            var process = Process.Start(start)!;
            PipeBuffer.Enlarge(process.StandardInput.BaseStream);
            logger.EncoderStarted(process.Id, format.Width, format.Height, format.FrameCount);
            return new VideoEncoding(process, format, [output, .. Sources(soundtrack)], TimeSpan.FromSeconds(media.IdleTimeoutSeconds), timeProvider, logger);
        }
        catch (Win32Exception e)
        {
            throw new EncodingException($"the encoder '{program}' cannot be started: {e.Message}", e);
        }
    }

    private static string[] Sources(Soundtrack? soundtrack) => soundtrack is null ? [] : [Path.GetFullPath(soundtrack.Source.Path)];
}
