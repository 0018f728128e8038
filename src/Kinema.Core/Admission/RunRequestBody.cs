using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Json;

namespace Kinema.Core.Admission;

/// <summary>Body of a create request: <c>{input, callback_url?, metadata?, client_ref?}</c>. The input is not yet validated against the manifest.</summary>
public sealed record RunRequestBody : IDisposable
{
    public const int MaxMetadataBytes = 16 * 1024;
    public const int MaxClientRefLength = 255;

    private const int MaxWarnings = 20;

    private static readonly string[] _known = ["input", "callback_url", "metadata", "client_ref"];

    private readonly JsonDocument _document;

    private RunRequestBody(JsonDocument document) => _document = document;

    /// <summary>Readable until this is disposed.</summary>
    public JsonElement Input { get; private init; }

    public string? CallbackUrl { get; init; }

    /// <summary>Metadata exactly as received.</summary>
    public string? MetadataJson { get; init; }

    public string? ClientRef { get; init; }

    /// <summary>Names the unknown members, which are ignored.</summary>
    public IReadOnlyList<FieldError> Warnings { get; init; } = [];

    /// <param name="utf8">The body. It is not copied, so it must outlive the result.</param>
    public static BodyReadResult Read(ReadOnlyMemory<byte> utf8)
    {
        var (document, problem) = StrictJson.ReadInPlace(utf8);
        if (document is null)
            return new BodyReadResult.NotJson(problem!);

        var result = Read(document);
        if (result is not BodyReadResult.Accepted)
            document.Dispose();
        return result;
    }

    public void Dispose() => _document.Dispose();

    private static BodyReadResult Read(JsonDocument document)
    {
        var body = document.RootElement;
        if (body.ValueKind != JsonValueKind.Object)
            return new BodyReadResult.Invalid([new(["body"], $"the body must be a JSON object; got {ReceivedValue.Describe(body)}", FieldErrorTypes.Type)]);

        var errors = new List<FieldError>();
        var request = new RunRequestBody(document)
        {
            Input = ReadInput(body, errors),
            CallbackUrl = ReadCallbackUrl(body, errors),
            MetadataJson = ReadMetadata(body, errors),
            ClientRef = ReadClientRef(body, errors),
            Warnings = [.. body.EnumerateObject().Select(m => m.Name).Except(_known).Take(MaxWarnings).Select(Ignored)],
        };
        return errors.Count == 0 ? new BodyReadResult.Accepted(request) : new BodyReadResult.Invalid(errors);
    }

    private static FieldError Ignored(string member)
    {
        var name = ReceivedValue.Shorten(member);
        var hint = NearestName.Find(member, _known) is { } nearest ? $"did you mean {nearest}?" : $"the members are {string.Join(", ", _known)}";
        return new(["body", name], $"{name} was ignored: a create request has no such member; {hint}", FieldErrorTypes.UnknownField);
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
        if (Find(body, "callback_url") is { ValueKind: JsonValueKind.String } value && JsonText.IsSurelyLonger(value, HttpUrl.MaxLength))
        {
            errors.Add(Wrong("callback_url", HttpUrl.TooLong(JsonText.CountCodePoints(value)), FieldErrorTypes.InvalidUrl));
            return null;
        }

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

        var bytes = JsonText.Raw(metadata).Length;
        if (metadata.ValueKind != JsonValueKind.Object)
            errors.Add(Wrong("metadata", $"must be an object or null; got {ReceivedValue.Describe(metadata)}", FieldErrorTypes.Type));
        else if (bytes > MaxMetadataBytes)
            errors.Add(Wrong("metadata", $"must be at most {MaxMetadataBytes} bytes of JSON; got {bytes}", FieldErrorTypes.TooLong));
        else
            return metadata.GetRawText();

        return null;
    }

    private static string? ReadClientRef(JsonElement body, List<FieldError> errors)
    {
        var isText = Find(body, "client_ref") is { ValueKind: JsonValueKind.String };
        if (isText && JsonText.CountCodePoints(body.GetProperty("client_ref")) is > MaxClientRefLength and var points)
        {
            errors.Add(Wrong("client_ref", $"must be a string of at most {MaxClientRefLength} characters or null; got {points} characters", FieldErrorTypes.TooLong));
            return null;
        }

        return ReadText(body, "client_ref", $"a string of at most {MaxClientRefLength} characters or null", errors);
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
