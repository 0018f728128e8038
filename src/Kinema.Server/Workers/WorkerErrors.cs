using Kinema.Core.Catalog;
using Kinema.Server.Errors;
using Kinema.Worker.Protocol;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary>Errors of the worker protocol.</summary>
internal static class WorkerErrors
{
    private static readonly ErrorCode _workerUnknown = ErrorCode.OfWorkerProtocol(StatusCodes.Status404NotFound, "WORKER_UNKNOWN");
    private static readonly ErrorCode _attemptGone = ErrorCode.OfWorkerProtocol(StatusCodes.Status410Gone, "ATTEMPT_GONE");
    private static readonly ErrorCode _protocolNotServed = ErrorCode.OfWorkerProtocol(StatusCodes.Status426UpgradeRequired, "WORKER_PROTOCOL_NOT_SERVED");

    public static ApiError ProtocolNotServed(string got) => new(
        _protocolNotServed,
        $"{WorkerProtocol.VersionHeader} must be a version from {WorkerProtocol.OldestServed} to {WorkerProtocol.Version}; got \"{ReceivedValue.Shorten(got)}\". Use a worker of this server's version or the one before it.");

    public static ApiError WorkerIdMissing() => ApiErrors.BadRequest($"{WorkerProtocol.WorkerHeader} must be the id from the registration.");

    public static ApiError WorkerUnknown(Guid id) => new(_workerUnknown, $"No worker {id} is registered; register again.");

    public static ApiError OtherWorker() => ApiErrors.PermissionDenied("This worker registered with another key.");

    public static ApiError AttemptGone(Guid runId, long fence) =>
        new(_attemptGone, $"This worker does not hold the run {runId} under the fence {fence}: it has ended, was taken back, or was never this worker's.");

    public static ApiError Invalid(string field, string message, string type = FieldErrorTypes.Value) =>
        ApiErrors.Invalid(new FieldError(["body", .. field.Split('.')], $"{field} {message}", type));
}
