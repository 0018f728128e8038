using Microsoft.Extensions.Logging;

namespace Kinema.Outbound.Media;

/// <remarks>A URL's path and query may be a credential: only host and port are written.</remarks>
internal sealed partial class MediaFetcher
{
    [LoggerMessage(EventId = 4110, Level = LogLevel.Warning, Message = "Media not fetched: the URL of hop {Hop} {Refusal}")]
    private partial void LogRefusedUrl(int hop, string refusal);

    [LoggerMessage(EventId = 4111, Level = LogLevel.Warning, Message = "Media not fetched from {Host}: more than {MaxRedirects} redirects")]
    private partial void LogTooManyRedirects(string host, int maxRedirects);

    [LoggerMessage(EventId = 4118, Level = LogLevel.Information, Message = "{Host}:{Port} (hop {Hop}) asked to wait; try {Try} in {Seconds:0.0} s")]
    private partial void LogWaiting(string host, int port, int hop, double seconds, int @try);
}
