using Microsoft.Extensions.Logging;

namespace Kinema.Outbound.Media;

/// <remarks>A URL's path and query may be a credential: only host and port are written.</remarks>
internal sealed partial class MediaHost
{
    [LoggerMessage(EventId = 4112, Level = LogLevel.Warning, Message = "No media from {Host}:{Port} (hop {Hop}): it answered {Status}")]
    private partial void LogStatus(string host, int port, int hop, int status);

    [LoggerMessage(EventId = 4113, Level = LogLevel.Warning, Message = "Media not fetched from {Host}:{Port} (hop {Hop}): it sent a body encoded with {Codings}, which was not asked for")]
    private partial void LogEncoded(string host, int port, int hop, string codings);

    [LoggerMessage(EventId = 4114, Level = LogLevel.Warning, Message = "Media not fetched from {Host}:{Port} (hop {Hop}): larger than {MaxBytes} bytes")]
    private partial void LogTooLarge(string host, int port, int hop, long maxBytes);

    [LoggerMessage(EventId = 4115, Level = LogLevel.Warning, Message = "Media not fetched from {Host}:{Port} (hop {Hop}): {Reason}")]
    private partial void LogNoAnswer(string host, int port, int hop, string reason);

    [LoggerMessage(EventId = 4116, Level = LogLevel.Warning, Message = "Media not fetched from {Host}:{Port} (hop {Hop}): the body broke off after {Received} bytes: {Reason}")]
    private partial void LogBrokenBody(string host, int port, int hop, long received, string reason);

    [LoggerMessage(EventId = 4117, Level = LogLevel.Warning, Message = "Media not fetched from {Host}:{Port} (hop {Hop}): a redirect that names no usable place")]
    private partial void LogBadRedirect(string host, int port, int hop);
}
