using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Requests;

/// <summary>Reads JSON bodies. Checks the content type; rejects duplicate names and deep nesting.</summary>
internal static class JsonBody
{
    /// <summary>Limit for creating a run; the body may contain data URIs.</summary>
    public const long MaxCreateBytes = 16 << 20;

    public const long MaxBytes = 1 << 20;

    /// <summary>Returns the body, or an error if its content type is wrong.</summary>
    public static async Task<(byte[] Bytes, ApiError? Refusal)> ReadBytesAsync(HttpRequest request, CancellationToken ct)
    {
        var mayBeBody = request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;
        if (mayBeBody && RefuseType(request) is { } refusal)
            return ([], refusal);

        using var buffer = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, MaxCreateBytes));
        await request.Body.CopyToAsync(buffer, ct);
        return (buffer.ToArray(), null);
    }

    /// <summary>Returns the JSON object; an absent body counts as an empty object.</summary>
    public static async Task<(JsonElement Object, ApiError? Refusal)> ReadObjectAsync(HttpRequest request, CancellationToken ct)
    {
        var (bytes, refusal) = await ReadBytesAsync(request, ct);
        if (refusal is not null)
            return (default, refusal);

        var reading = StrictJson.Read(bytes.Length == 0 ? "{}"u8 : bytes);
        return reading.Value switch
        {
            null => (default, ApiErrors.InvalidJson(reading.Problem!)),
            { ValueKind: JsonValueKind.Object } body => (body, null),
            { } other => (default, ApiErrors.Invalid(
                new FieldError(["body"], $"the body must be a JSON object; got {other.ValueKind.ToString().ToLowerInvariant()}", FieldErrorTypes.Type))),
        };
    }

    private static ApiError? RefuseType(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
            return ApiErrors.UnsupportedMediaType("The body must come without Content-Encoding.");

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !(type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            return ApiErrors.UnsupportedMediaType($"The body must be application/json; got {(request.ContentType is { } got ? $"\"{got}\"" : "no Content-Type")}.");

        return type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? ApiErrors.UnsupportedMediaType($"The body must be UTF-8; got \"{type.Charset}\".")
            : null;
    }
}
