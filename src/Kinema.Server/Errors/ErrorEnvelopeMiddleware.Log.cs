using Microsoft.Extensions.Logging;

namespace Kinema.Server.Errors;

internal sealed partial class ErrorEnvelopeMiddleware
{
    [LoggerMessage(1001, LogLevel.Error, "A {Method} request failed unexpectedly (request {RequestId})")]
    private partial void LogUnhandled(Exception exception, string method, string requestId);
}
