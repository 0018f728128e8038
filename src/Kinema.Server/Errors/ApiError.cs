using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Server.Requests;
using Kinema.Server.Videos;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Errors;

/// <summary>An error response: <c>{code, message, errors}</c>; below <c>/v1/videos</c> the form that its clients read.</summary>
internal sealed record ApiError(ErrorCode Code, string Message, IReadOnlyList<FieldError>? Errors = null) : IResult
{
    /// <summary>The code's own, except where the host refused a request with a status that has no code.</summary>
    public int Status { get; init; } = Code.Status;

    /// <summary>Sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (RetryAfter is { } wait)
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (VideoErrors.Serves(httpContext.Request))
            return VideoErrors.WriteAsync(this, httpContext);
        return new JsonBodyResult(ToJson(), Status).ExecuteAsync(httpContext);
    }

    private byte[] ToJson() => WireJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("code", Code.Name);
        json.WriteString("message", Message);
        json.WriteProblems("errors", Errors);
        json.WriteEndObject();
    });
}
