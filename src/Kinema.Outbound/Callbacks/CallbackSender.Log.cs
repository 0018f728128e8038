using Microsoft.Extensions.Logging;

namespace Kinema.Outbound.Callbacks;

/// <remarks>A URL's path and query may be a credential: only host and port are written.</remarks>
internal sealed partial class CallbackSender
{
    [LoggerMessage(EventId = 4120, Level = LogLevel.Warning, Message = "Callback not sent: its URL {Refusal}")]
    private partial void LogRefusedUrl(string refusal);

    [LoggerMessage(EventId = 4121, Level = LogLevel.Warning, Message = "No answer to a callback from {Host}:{Port}: {Reason}")]
    private partial void LogNoAnswer(string host, int port, string reason);
}
