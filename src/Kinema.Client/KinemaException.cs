using System.Net;

namespace Kinema.Client;

/// <summary>The server answered with an error.</summary>
/// <param name="statusCode">The answer's HTTP status.</param>
/// <param name="code">For a program, for example <c>VALIDATION_ERROR</c>.</param>
/// <param name="message">For people.</param>
/// <param name="errors">What is wrong field by field; empty where the error is of another kind.</param>
/// <param name="requestId">To find the call in the server's log.</param>
public sealed class KinemaException(HttpStatusCode statusCode, string code, string message, IReadOnlyList<FieldProblem> errors, string? requestId)
    : Exception(message)
{
    /// <summary>The answer's HTTP status.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    /// <summary>For a program, for example <c>VALIDATION_ERROR</c>.</summary>
    public string Code { get; } = code;

    /// <summary>What is wrong field by field; empty where the error is of another kind.</summary>
    public IReadOnlyList<FieldProblem> Errors { get; } = errors;

    /// <summary>The answer's <c>Runflow-Request-Id</c>.</summary>
    public string? RequestId { get; } = requestId;
}

/// <summary>One thing wrong with a request.</summary>
/// <param name="Loc">Where, for example <c>body, input, duration</c>.</param>
/// <param name="Msg">What came and what is allowed.</param>
/// <param name="Type">For a program.</param>
public sealed record FieldProblem(IReadOnlyList<string> Loc, string Msg, string? Type);
