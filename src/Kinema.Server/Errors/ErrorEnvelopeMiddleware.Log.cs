using Microsoft.Extensions.Logging;

namespace Kinema.Server.Errors;

internal sealed partial class ErrorEnvelopeMiddleware
{
    [LoggerMessage(1001, LogLevel.Error, "A {Method} request failed unexpectedly (request {RequestId})")]
    private partial void LogUnhandled(Exception exception, string method, string requestId);

    [LoggerMessage(1002, LogLevel.Error, "A {Method} request failed because the data volume is full or read-only (request {RequestId})")]
    private partial void LogStorageFull(Exception exception, string method, string requestId);
}
