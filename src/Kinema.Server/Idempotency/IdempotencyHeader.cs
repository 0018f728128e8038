using Kinema.Core.Catalog;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Idempotency;

/// <summary>Reads <c>Idempotency-Key</c>: 1 to 255 visible ASCII characters or spaces, taken as they stand.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";

    private const int MaxLength = 255;

    public static (string? Key, ApiError? Refusal) Read(HttpRequest request)
    {
        var values = request.Headers[Name];
        return values switch
        {
            [] => (null, null),
            [{ Length: >= 1 and <= MaxLength } key] when key.All(c => c is >= ' ' and <= '~') => (key, null),
            [{ } key] when key.Length is 0 or > MaxLength => (null, Invalid($"must have from 1 to {MaxLength} characters; got {key.Length}", "too_long")),
            [_] => (null, Invalid("must be of letters, digits and other visible ASCII characters", FieldErrorTypes.Value)),
            _ => (null, Invalid($"must be given once; got {values.Count}", FieldErrorTypes.Value)),
        };
    }

    private static ApiError Invalid(string message, string type) => ApiErrors.Invalid(new FieldError(["header", Name], $"{Name} {message}", type));
}
