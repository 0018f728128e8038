using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Errors;

/// <summary>All error responses with their HTTP status and code.</summary>
internal static class ApiErrors
{
    public static ApiError NotFound(string what = "There is nothing at this address.") => new(ErrorCode.NotFound, what);

    public static ApiError RunNotFound(RouteId id) => new(ErrorCode.RunNotFound, $"No run {id} exists in this organisation.");

    public static ApiError ModelNotFound(string slug) => new(ErrorCode.ModelNotFound, $"No model is called '{slug}'.");

    public static ApiError AssetNotFound(RouteId id) => new(ErrorCode.AssetNotFound, $"No asset {id} exists in this organisation.");

    public static ApiError MethodNotAllowed(string method) => new(ErrorCode.MethodNotAllowed, $"{method} is not possible here; the Allow header names what is.");

    public static ApiError BadRequest(string message) => new(ErrorCode.BadRequest, message);

    public static ApiError InvalidJson(string problem) => new(ErrorCode.InvalidJson, problem);

    public static ApiError UnsupportedMediaType(string message) => new(ErrorCode.UnsupportedMediaType, message);

    public static ApiError PayloadTooLarge(string message) => new(ErrorCode.PayloadTooLarge, message);

    public static ApiError Unauthorized(string message) => new(ErrorCode.Unauthorized, message);

    public static ApiError PermissionDenied(string message) => new(ErrorCode.PermissionDenied, message);

    public static ApiError Conflict(string message) => new(ErrorCode.Conflict, message);

    public static ApiError IdempotencyKeyReused() => new(
        ErrorCode.IdempotencyKeyReused, "This Idempotency-Key came before with another body; a new request needs a new key.");

    public static ApiError RequestUnderWay() =>
        Conflict("The first request with this Idempotency-Key is still being answered; try again.") with { RetryAfter = TimeSpan.FromSeconds(1) };

    public static ApiError RateLimited(string message, TimeSpan retryAfter) => new(ErrorCode.RateLimited, message) { RetryAfter = retryAfter };

    public static ApiError StorageFull() =>
        new(ErrorCode.StorageFull, "The server is short of disk space and takes no new work; try again later.") { RetryAfter = TimeSpan.FromMinutes(1) };

    public static ApiError RequestTimeout(string message) => new(ErrorCode.RequestTimeout, message);

    public static ApiError ServerBusy(string message) => new(ErrorCode.ServerBusy, message) { RetryAfter = TimeSpan.FromSeconds(2) };

    public static ApiError QuotaExceeded(QuotaExceeded quota) =>
        new(ErrorCode.QuotaExceeded, $"The organisation stores {quota.Used} bytes and may store {quota.Allowed} (Data:MaxBytesPerOrganization); this would be more.");

    public static ApiError HostNotAllowed(string host) =>
        new(ErrorCode.HostNotAllowed, $"This server does not answer for the host '{host}'; Server:AllowedHosts names those it answers for.");

    public static ApiError Internal() => new(ErrorCode.Internal, "Something went wrong here; the Runflow-Request-Id header names this request in the server's log.");

    public static ApiError NotSupported(string message) => new(ErrorCode.NotSupported, message);

    public static ApiError Invalid(params IReadOnlyList<FieldError> errors) =>
        new(
            ErrorCode.Validation,
            errors.Count == 1 ? errors[0].Message : $"The request has {errors.Count} problems; the first: {errors[0].Message}",
            errors);

    public static ApiError InvalidQuery(string parameter, string message, string type = FieldErrorTypes.Value) =>
        Invalid(new FieldError(["query", parameter], message, type));

    /// <summary>Returns the error body for a status without a body, from routing or from Kestrel.</summary>
    public static ApiError ForStatus(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized("A key is needed: Authorization: Bearer <key>."),
        StatusCodes.Status403Forbidden => PermissionDenied("The key may not do this."),
        StatusCodes.Status404NotFound => NotFound($"There is nothing at {request.Path}."),
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed(request.Method),
        StatusCodes.Status408RequestTimeout => RequestTimeout("The request came too slowly."),
        StatusCodes.Status413PayloadTooLarge => PayloadTooLarge(BodyLimit.Of(request) is { } limit ? $"The body is longer than {limit} bytes, the most that this route takes." : "The body is too long."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType("The body must be application/json."),
        StatusCodes.Status416RangeNotSatisfiable => new(ErrorCode.RangeNotSatisfiable, "The range lies outside the file; the Content-Range header tells its length."),
        StatusCodes.Status412PreconditionFailed => new(ErrorCode.PreconditionFailed, "The file is not the one the request is conditional on."),
        >= 500 => Internal() with { Status = status },
        _ => BadRequest("The request cannot be served.") with { Status = status },
    };
}
