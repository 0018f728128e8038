using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Errors;

/// <summary>All error responses with their HTTP status and code.</summary>
internal static class ApiErrors
{
    public static ApiError NotFound(string what = "There is nothing at this address.") => new(404, "NOT_FOUND", what);

    public static ApiError RunNotFound(Guid id) => new(404, "RUN_NOT_FOUND", $"No run {id} exists in this organisation.");

    public static ApiError ModelNotFound(string slug) => new(404, "MODEL_NOT_FOUND", $"No model is called '{slug}'.");

    public static ApiError AssetNotFound(Guid id) => new(404, "ASSET_NOT_FOUND", $"No asset {id} exists in this organisation.");

    public static ApiError MethodNotAllowed(string method) => new(405, "METHOD_NOT_ALLOWED", $"{method} is not possible here; the Allow header names what is.");

    public static ApiError BadRequest(string message) => new(400, "BAD_REQUEST", message);

    public static ApiError InvalidJson(string problem) => new(400, "INVALID_JSON", problem);

    public static ApiError UnsupportedMediaType(string message) => new(415, "UNSUPPORTED_MEDIA_TYPE", message);

    public static ApiError PayloadTooLarge(string message) => new(413, "PAYLOAD_TOO_LARGE", message);

    public static ApiError Unauthorized(string message) => new(401, "UNAUTHORIZED", message);

    public static ApiError PermissionDenied(string message) => new(403, "PERMISSION_DENIED", message);

    public static ApiError Conflict(string message) => new(409, "CONFLICT", message);

    public static ApiError RateLimited(string message, TimeSpan retryAfter) => new(429, "RATE_LIMITED", message) { RetryAfter = retryAfter };

    public static ApiError StorageFull() =>
        new(503, "STORAGE_FULL", "The server is short of disk space and takes no new work; try again later.") { RetryAfter = TimeSpan.FromMinutes(1) };

    public static ApiError RequestTimeout(string message) => new(408, "REQUEST_TIMEOUT", message);

    public static ApiError ServerBusy(string message) => new(503, "SERVER_BUSY", message) { RetryAfter = TimeSpan.FromSeconds(2) };

    public static ApiError QuotaExceeded(QuotaExceeded quota) =>
        new(403, "QUOTA_EXCEEDED", $"The organisation stores {quota.Used} bytes and may store {quota.Allowed} (Data:MaxBytesPerOrganization); this would be more.");

    public static ApiError HostNotAllowed(string host) =>
        new(421, "HOST_NOT_ALLOWED", $"This server does not answer for the host '{host}'; Server:AllowedHosts names those it answers for.");

    public static ApiError Internal() => new(500, "INTERNAL", "Something went wrong here; the Runflow-Request-Id header names this request in the server's log.");

    public static ApiError Invalid(params IReadOnlyList<FieldError> errors) =>
        new(
            422,
            "VALIDATION_ERROR",
            errors.Count == 1 ? errors[0].Message : $"The request has {errors.Count} problems; the first: {errors[0].Message}",
            errors);

    public static ApiError InvalidQuery(string parameter, string message, string type = "value_error") =>
        Invalid(new FieldError(["query", parameter], message, type));

    public static ApiError InvalidBody(string field, string message, string type = "value_error") => Invalid(new FieldError(["body", field], message, type));

    /// <summary>Returns the error body for a status without a body, from routing or from Kestrel.</summary>
    public static ApiError ForStatus(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized("A key is needed: Authorization: Bearer <key>."),
        StatusCodes.Status403Forbidden => PermissionDenied("The key may not do this."),
        StatusCodes.Status404NotFound => NotFound($"There is nothing at {request.Path}."),
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed(request.Method),
        StatusCodes.Status408RequestTimeout => RequestTimeout("The request came too slowly."),
        StatusCodes.Status413PayloadTooLarge => PayloadTooLarge("The body is too large."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType("The body must be application/json."),
        StatusCodes.Status416RangeNotSatisfiable => new(status, "RANGE_NOT_SATISFIABLE", "The range lies outside the file; the Content-Range header tells its length."),
        StatusCodes.Status412PreconditionFailed => new(status, "PRECONDITION_FAILED", "The file is not the one the request is conditional on."),
        >= 500 => new(status, "INTERNAL", Internal().Message),
        _ => new(status, "BAD_REQUEST", "The request cannot be served."),
    };
}
