using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Server.Errors;

namespace Kinema.Server.Requests;

/// <summary>Reads the members of a JSON object and collects validation errors. Null counts as absent.</summary>
internal sealed class BodyFields(JsonElement body)
{
    private readonly List<FieldError> _errors = [];

    /// <summary>Error response with all problems, or null.</summary>
    public ApiError? Refusal => _errors.Count > 0 ? ApiErrors.Invalid(_errors) : null;

    public string RequiredText(string name, int maxLength)
    {
        if (OptionalText(name, maxLength) is { } text)
        {
            if (text.Length == 0)
                Add(name, $"must have from 1 to {maxLength} characters; got none", FieldErrorTypes.Value);
            return text;
        }

        Require(name);
        return "";
    }

    public string? OptionalText(string name, int maxLength)
    {
        if (Find(name) is not { } value)
            return null;

        if (value.ValueKind != JsonValueKind.String)
        {
            Add(name, $"must be a string; got {Show(value)}", "type_error");
            return "?";
        }

        if (!TryGetText(value, out var text))
        {
            Add(name, "must be valid Unicode; got half of a surrogate pair", "invalid_text");
            return "?";
        }

        var length = text.EnumerateRunes().Count();
        if (length > maxLength)
            Add(name, $"must have at most {maxLength} characters; got {length}", "too_long");
        return text;
    }

    public Guid? OptionalId(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id))
            return id;

        Add(name, $"must be a UUID or null; got {ReceivedValue.Describe(value)}", FieldErrorTypes.Value);
        return null;
    }

    public long RequiredInteger(string name, long minimum, long maximum)
    {
        if (Find(name) is not { } value)
        {
            Require(name);
            return minimum;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= minimum && number <= maximum)
            return number;

        Add(name, $"must be an integer from {minimum} to {maximum}; got {Show(value)}{ReceivedValue.WithoutQuotes(value)}", value.ValueKind == JsonValueKind.Number ? "out_of_range" : "type_error");
        return minimum;
    }

    public bool? OptionalFlag(string name)
    {
        if (Find(name) is not { } value)
            return null;

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();

        Add(name, $"must be true or false; got {Show(value)}{ReceivedValue.WithoutQuotes(value)}", "type_error");
        return null;
    }

    public IReadOnlyList<string>? OptionalTexts(string name)
    {
        if (Find(name) is not { } value)
            return null;

        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String && TryGetText(v, out _)))
            return [.. value.EnumerateArray().Select(v => v.GetString()!)];

        Add(name, $"must be an array of strings; got {Show(value)}", "type_error");
        return null;
    }

    public void Add(string name, string message, string type) => _errors.Add(new FieldError(["body", name], $"{name} {message}", type));

    private void Require(string name) => Add(name, "is required", "missing");

    private JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool TryGetText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // JSON can write half of a surrogate pair; UTF-8 cannot hold it.
            text = "";
            return false;
        }
    }

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return $"{(text.Length > 64 ? text[..64] + "…" : text)} ({value.ValueKind.ToString().ToLowerInvariant()})";
    }
}
