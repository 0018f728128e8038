using System.Globalization;
using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Errors;

/// <summary>An error response: <c>{code, message, errors}</c>.</summary>
internal sealed record ApiError(int Status, string Code, string Message, IReadOnlyList<FieldError>? Errors = null) : IResult
{
    /// <summary>Sent as <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (RetryAfter is { } wait)
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new JsonBodyResult(ToJson(), Status).ExecuteAsync(httpContext);
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
            foreach (var step in error.Location)
                json.WriteStringValue(step);
            json.WriteEndArray();
            json.WriteString("msg", error.Message);
            json.WriteString("type", error.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
