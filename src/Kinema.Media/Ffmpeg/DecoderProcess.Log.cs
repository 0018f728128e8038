using Microsoft.Extensions.Logging;

namespace Kinema.Media.Ffmpeg;

internal static partial class DecoderProcessLog
{
    [LoggerMessage(3004, LogLevel.Debug, "Decoder {ProcessId} started for {What}")]
    public static partial void DecoderStarted(this ILogger logger, int processId, string what);

    [LoggerMessage(3005, LogLevel.Information, "Decoder {ProcessId} failed for {What}: {Why}; stderr: {Stderr}")]
    public static partial void DecoderFailed(this ILogger logger, int processId, string what, string why, string stderr);
}
