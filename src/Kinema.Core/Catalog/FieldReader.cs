using System.Globalization;
using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Value of a field (string, <see cref="DataUri"/>, long, decimal, bool or a list of strings) or an error.</summary>
internal readonly record struct FieldReadResult(object? Value, FieldError? Error);

/// <summary>Reads and validates a field value.</summary>
internal static class FieldReader
{
    /// <summary>Literals of integers are short; a number of megabytes is not worth the exact reason why it is none.</summary>
    private const int MaxNumberBytes = 1024;

    /// <param name="field">The field.</param>
    /// <param name="value">Its value. One that is a data URI must not be read again.</param>
    /// <param name="body">The body that the value was read from; decoding inline media overwrites it.</param>
    public static FieldReadResult Read(FieldManifest field, JsonElement value, Memory<byte> body = default) => field.Type switch
    {
        FieldType.Integer => ReadInteger(field, value),
        FieldType.Number => ReadNumber(field, value),
        FieldType.List => ListReader.Read(field, value),
        FieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? new(value.GetBoolean(), null)
            : Fail(field, FieldErrorTypes.Type, $"must be true or false; got {ReceivedValue.Describe(value)}{ReceivedValue.WithoutQuotes(value)}"),
        FieldType.String => ReadText(field, value),
        _ => ReadMedia(field, value, body),
    };

    private static FieldReadResult ReadInteger(FieldManifest field, JsonElement value)
    {
        var allowed = $"must be an integer{Limits(field)}{(field.Meaning == FieldMeaning.Duration ? " (seconds)" : "")}";
        if (value.ValueKind != JsonValueKind.Number)
            return Fail(field, FieldErrorTypes.Type, $"{allowed}; got {ReceivedValue.Describe(value)}{ReceivedValue.WithoutQuotes(value)}");
        if (JsonText.Raw(value).Length > MaxNumberBytes)
            return Wrong(field, FieldErrorTypes.OutOfRange, allowed, value);

        return JsonInteger.Read(value.GetRawText(), out var number) switch
        {
            JsonInteger.Kind.Fraction => Wrong(field, FieldErrorTypes.Type, allowed, value),
            JsonInteger.Kind.Huge => Wrong(field, FieldErrorTypes.OutOfRange, allowed, value),
            _ when IsOutside(field, number) => Wrong(field, FieldErrorTypes.OutOfRange, allowed, value),
            _ when IsBesideStep(field, number) => Wrong(field, FieldErrorTypes.Value, allowed, value),
            _ => new(number, null),
        };
    }

    private static FieldReadResult ReadNumber(FieldManifest field, JsonElement value)
    {
        var allowed = $"must be a number{Limits(field)}";
        if (value.ValueKind != JsonValueKind.Number)
            return Fail(field, FieldErrorTypes.Type, $"{allowed}; got {ReceivedValue.Describe(value)}{ReceivedValue.WithoutQuotes(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint)}");
        if (JsonText.Raw(value).Length > MaxNumberBytes)
            return Wrong(field, FieldErrorTypes.OutOfRange, allowed, value);

        return JsonDecimal.Read(value.GetRawText(), out var number) switch
        {
            JsonDecimal.Kind.Fine => Wrong(field, FieldErrorTypes.Value, $"{allowed} with at most {JsonDecimal.MaxDigits} digits", value),
            JsonDecimal.Kind.Huge => Wrong(field, FieldErrorTypes.OutOfRange, allowed, value),
            _ when IsOutside(field, number) => Wrong(field, FieldErrorTypes.OutOfRange, allowed, value),
            _ when IsBesideStep(field, number) => Wrong(field, FieldErrorTypes.Value, allowed, value),
            _ => new(number, null),
        };
    }

    private static bool IsOutside(FieldManifest field, decimal value) => value < field.Minimum || value > field.Maximum;

    private static bool IsBesideStep(FieldManifest field, decimal value) => field.Step is { } step && (value - (field.Minimum ?? 0)) % step != 0;

    internal static FieldReadResult ReadText(FieldManifest field, JsonElement value)
    {
        var allowed = field.AllowedValues.Count > 0
            ? $"must be one of {string.Join(", ", field.AllowedValues.Select(v => $"\"{v}\""))}"
            : field.MaxLength is { } length ? $"must be a string of at most {length} characters" : "must be a string";
        if (value.ValueKind != JsonValueKind.String)
            return Wrong(field, FieldErrorTypes.Type, allowed, value);
        if (field.MaxLength is { } most && JsonText.IsSurelyLonger(value, most))
            return Fail(field, FieldErrorTypes.TooLong, $"{allowed}; got {JsonText.CountCodePoints(value)} characters");
        if (field.AllowedValues.Count > 0 && JsonText.IsSurelyLonger(value, field.AllowedValues.Max(v => v.Length)))
            return Wrong(field, FieldErrorTypes.NotAllowed, allowed, value);
        if (!JsonText.TryRead(value, out var text) || text.Contains('\0', StringComparison.Ordinal))
            return Wrong(field, FieldErrorTypes.InvalidText, "must be text without NUL and without half of a surrogate pair", value);
        if (field.AllowedValues.Count > 0 && !field.AllowedValues.Contains(text))
            return Wrong(field, FieldErrorTypes.NotAllowed, allowed, value);

        var points = JsonText.CountCodePoints(text);
        return points > field.MaxLength
            ? Fail(field, FieldErrorTypes.TooLong, $"{allowed}; got {points} characters")
            : new(text, null);
    }

    private static FieldReadResult ReadMedia(FieldManifest field, JsonElement value, Memory<byte> body)
    {
        const string Allowed = "must be an http or https URL, a base64 data URI or runflow://assets/{uuid}";
        if (value.ValueKind != JsonValueKind.String)
            return Wrong(field, FieldErrorTypes.Type, Allowed, value);
        if (DataUri.IsDataUri(value))
        {
            var inline = DataUri.Read(value, body);
            return inline.Refuse(field.Media!) is { } problem ? Fail(field, problem.Type, problem.Reason) : new(inline, null);
        }

        if (JsonText.IsSurelyLonger(value, HttpUrl.MaxLength))
            return Fail(field, FieldErrorTypes.InvalidUrl, HttpUrl.TooLong(JsonText.CountCodePoints(value)));
        if (!JsonText.TryRead(value, out var text))
            return Wrong(field, FieldErrorTypes.InvalidText, Allowed, value);

        if (AssetReference.TryParseBare(text, out var assetId))
            return new(AssetReference.For(assetId), null);

        return MediaUrl.Refuse(text) is { } refusal
            ? Fail(field, refusal.Type, refusal.Reason)
            : new(text, null);
    }

    private static string Limits(FieldManifest field)
    {
        var steps = field.Step is { } step ? Text($" in steps of {step}") : "";
        return (field.Minimum, field.Maximum) switch
        {
            ({ } minimum, { } maximum) => Text($" from {minimum} to {maximum}{steps}"),
            ({ } minimum, null) => Text($" of at least {minimum}{steps}"),
            (null, { } maximum) => Text($" of at most {maximum}{steps}"),
            _ => steps,
        };

        static string Text(FormattableString text) => FormattableString.Invariant(text);
    }

    internal static FieldReadResult Wrong(FieldManifest field, string type, string allowed, JsonElement value) =>
        Fail(field, type, $"{allowed}; got {ReceivedValue.Describe(value)}");

    internal static FieldReadResult Fail(FieldManifest field, string type, string reason) =>
        new(null, FieldError.Input(field.Name, $"input.{field.Name} {reason}", type));
}
