using Microsoft.Extensions.Logging;

namespace Kinema.Media.Ffmpeg;

internal static partial class VideoEncoderLog
{
    [LoggerMessage(3001, LogLevel.Debug, "Encoder {ProcessId} started for {FrameCount} frames of {Width}x{Height}")]
    public static partial void EncoderStarted(this ILogger logger, int processId, int width, int height, int frameCount);

    [LoggerMessage(3002, LogLevel.Debug, "Encoder {ProcessId} closed its file after {Frames} frames")]
    public static partial void EncoderFinished(this ILogger logger, int processId, int frames);

    [LoggerMessage(3003, LogLevel.Information, "Encoder {ProcessId} was ended after {Frames} frames")]
    public static partial void EncoderKilled(this ILogger logger, int processId, int frames);
}
