using System.Text;
using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Json;

namespace Kinema.Core.Admission;

/// <summary>Body of a create request: <c>{input, callback_url?, metadata?, client_ref?}</c>. The input is not yet validated against the manifest.</summary>
public sealed record RunRequestBody
{
    public const int MaxMetadataBytes = 16 * 1024;
    public const int MaxClientRefLength = 255;

    private static readonly string[] _known = ["input", "callback_url", "metadata", "client_ref"];

    public required JsonElement Input { get; init; }
    public string? CallbackUrl { get; init; }

    /// <summary>Metadata exactly as received.</summary>
    public string? MetadataJson { get; init; }

    public string? ClientRef { get; init; }

    /// <summary>Unknown top-level names; the run's log lists them, otherwise they are ignored.</summary>
    public IReadOnlyList<string> UnknownFields { get; init; } = [];

    public static BodyReadResult Read(ReadOnlySpan<byte> utf8)
    {
        var reading = StrictJson.Read(utf8);
        if (reading.Value is not { } body)
            return new BodyReadResult.NotJson(reading.Problem!);
        if (body.ValueKind != JsonValueKind.Object)
            return new BodyReadResult.Invalid([new(["body"], $"the body must be a JSON object; got {ReceivedValue.Describe(body)}", FieldErrorTypes.Type)]);

        var errors = new List<FieldError>();
        var request = new RunRequestBody
        {
            Input = ReadInput(body, errors),
            CallbackUrl = ReadCallbackUrl(body, errors),
            MetadataJson = ReadMetadata(body, errors),
            ClientRef = ReadClientRef(body, errors),
            UnknownFields = [.. body.EnumerateObject().Select(m => m.Name).Except(_known).Take(20).Select(ReceivedValue.Shorten)],
        };
        return errors.Count == 0 ? new BodyReadResult.Accepted(request) : new BodyReadResult.Invalid(errors);
    }

    private static JsonElement ReadInput(JsonElement body, List<FieldError> errors)
    {
        if (Find(body, "input") is not { } input)
            errors.Add(Wrong("input", "is required: an object with the model's fields", FieldErrorTypes.Missing));
        else if (input.ValueKind != JsonValueKind.Object)
            errors.Add(Wrong("input", $"must be an object; got {ReceivedValue.Describe(input)}", FieldErrorTypes.Type));
        else
            return input;

        return default;
    }

    private static string? ReadCallbackUrl(JsonElement body, List<FieldError> errors)
    {
        if (ReadText(body, "callback_url", "an http or https URL or null", errors) is not { } url)
            return null;
        if (HttpUrl.Refuse(url) is { } reason)
            errors.Add(Wrong("callback_url", reason, FieldErrorTypes.InvalidUrl));

        return url;
    }

    private static string? ReadMetadata(JsonElement body, List<FieldError> errors)
    {
        if (Find(body, "metadata") is not { } metadata)
            return null;

        var text = metadata.GetRawText();
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (metadata.ValueKind != JsonValueKind.Object)
            errors.Add(Wrong("metadata", $"must be an object or null; got {ReceivedValue.Describe(metadata)}", FieldErrorTypes.Type));
        else if (bytes > MaxMetadataBytes)
            errors.Add(Wrong("metadata", $"must be at most {MaxMetadataBytes} bytes of JSON; got {bytes}", FieldErrorTypes.TooLong));

        return text;
    }

    private static string? ReadClientRef(JsonElement body, List<FieldError> errors)
    {
        var text = ReadText(body, "client_ref", $"a string of at most {MaxClientRefLength} characters or null", errors);
        if (text is not null && JsonText.CountCodePoints(text) is > MaxClientRefLength and var points)
            errors.Add(Wrong("client_ref", $"must be a string of at most {MaxClientRefLength} characters or null; got {points} characters", FieldErrorTypes.TooLong));

        return text;
    }

    private static string? ReadText(JsonElement body, string name, string allowed, List<FieldError> errors)
    {
        if (Find(body, name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            errors.Add(Wrong(name, $"must be {allowed}; got {ReceivedValue.Describe(value)}", FieldErrorTypes.Type));
        else if (!JsonText.TryRead(value, out var text) || text.Contains('\0', StringComparison.Ordinal))
            errors.Add(Wrong(name, "must be text without NUL and without half of a surrogate pair", FieldErrorTypes.InvalidText));
        else
            return text;

        return null;
    }

    private static JsonElement? Find(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static FieldError Wrong(string field, string reason, string type) => new(["body", field], $"{field} {reason}", type);
}
