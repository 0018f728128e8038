using System.Globalization;
using System.Text.Json;
using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Errors;

/// <summary>A refusal, answered as <c>{code, message, errors}</c>.</summary>
internal sealed record ApiError(int Status, string Code, string Message, IReadOnlyList<FieldError>? Errors = null) : IResult
{
    /// <summary>Sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        var body = ToJson();
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("code", Code);
            json.WriteString("message", Message);
            if (Errors is null)
                json.WriteNull("errors");
            else
                WriteErrors(json, Errors);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<FieldError> errors)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteStartArray("loc");
            foreach (var step in error.Loc)
                json.WriteStringValue(step);
            json.WriteEndArray();
            json.WriteString("msg", error.Msg);
            json.WriteString("type", error.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
