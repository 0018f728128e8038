using System.Net;

namespace Kinema.Client;

/// <summary>An error response of the server.</summary>
/// <param name="statusCode">HTTP status code of the response.</param>
/// <param name="code">Machine-readable error code, for example <c>VALIDATION_ERROR</c>.</param>
/// <param name="message">Human-readable message.</param>
/// <param name="errors">Validation errors by field; empty for other kinds of errors.</param>
/// <param name="requestId">Id of the request in the server's log.</param>
public sealed class KinemaException(HttpStatusCode statusCode, string code, string message, IReadOnlyList<ValidationError> errors, string? requestId)
    : Exception(message)
{
    /// <summary>HTTP status code of the response.</summary>
    public HttpStatusCode HttpStatusCode { get; } = statusCode;

    /// <summary>Machine-readable error code, for example <c>VALIDATION_ERROR</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Validation errors by field; empty for other kinds of errors.</summary>
    public IReadOnlyList<ValidationError> Errors { get; } = errors;

    /// <summary>After what time the server asks to try again, mostly with 429; null if it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Value of the <c>Runflow-Request-Id</c> response header.</summary>
    public string? RequestId { get; } = requestId;
}
