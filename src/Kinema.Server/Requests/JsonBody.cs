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

    /// <summary>Returns the JSON object; an absent body counts as an empty object.</summary>
    public static async Task<(JsonElement Object, ApiError? Refusal)> ReadObjectAsync(HttpRequest request, CancellationToken ct)
    {
        if (RefuseType(request) is { } refusal)
            return (default, refusal);

        using var bytes = await ReadAllAsync(request, ct);
        var reading = StrictJson.Read(bytes.Length == 0 ? "{}"u8 : bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return reading.Value switch
        {
            null => (default, ApiErrors.InvalidJson(reading.Problem!)),
            { ValueKind: JsonValueKind.Object } body => (body, null),
            { } other => (default, ApiErrors.Invalid(
                new FieldError(["body"], $"the body must be a JSON object; got {other.ValueKind.ToString().ToLowerInvariant()}", FieldErrorTypes.Type))),
        };
    }

    /// <summary>Reads the whole body, at most what the route takes, and leaves the request with it, unpacked.</summary>
    public static async Task<byte[]> UnpackAsync(HttpRequest request, CancellationToken ct)
    {
        using var bytes = await ReadAllAsync(request, ct);
        var body = bytes.ToArray();
        request.Body = new MemoryStream(body, writable: false);
        request.Headers.ContentEncoding = default;
        if (request.ContentLength is not null)
            request.ContentLength = body.Length;
        return body;
    }

    private static async Task<MemoryStream> ReadAllAsync(HttpRequest request, CancellationToken ct)
    {
        // The host, or the unpacking, ends a body that is longer.
        var bytes = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, MaxBytes));
        await using var content = BodyEncoding.Open(request);
        await content.CopyToAsync(bytes, ct);
        return bytes;
    }

    /// <summary>Returns the error for a body of another type; a request without a body has none.</summary>
    public static ApiError? RefuseType(HttpRequest request)
    {
        if (request.ContentLength is not > 0 && request.Headers.TransferEncoding.Count == 0)
            return null;

        if (BodyEncoding.Refuse(request) is { } refusal)
            return refusal;

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !(type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            return ApiErrors.UnsupportedMediaType($"The body must be application/json; got {(request.ContentType is { } got ? $"\"{got}\"" : "no Content-Type")}.");

        return type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? ApiErrors.UnsupportedMediaType($"The body must be UTF-8; got \"{type.Charset}\".")
            : null;
    }
}
