using System.Globalization;
using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Describes a received value for error messages.</summary>
public static class ReceivedValue
{
    private const int Longest = 60;

    /// <summary>A longer value is counted instead of read: a string of megabytes is not made for sixty characters of it.</summary>
    private const int LongestRead = 10_000;

    /// <summary><c>"5" (string)</c>, <c>1e400</c>, <c>an array</c>, ...</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when JsonText.IsSurelyLonger(value, LongestRead) => $"a string of {JsonText.CountCodePoints(value)} characters",
        JsonValueKind.Number when JsonText.Raw(value).Length > LongestRead => $"a number of {JsonText.Raw(value).Length} digits",
        JsonValueKind.String => JsonText.TryRead(value, out var text) ? $"\"{Shorten(text)}\" (string)" : "a string with half of a surrogate pair",
        JsonValueKind.Number => Shorten(value.GetRawText()),
        JsonValueKind.True => "true (boolean)",
        JsonValueKind.False => "false (boolean)",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    /// <summary>Returns how to write a number, true or false that came as a string: <c>; write 5 without quotes</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="numbers">Numbers that the field takes; integers unless it takes others.</param>
    public static string WithoutQuotes(JsonElement value, NumberStyles numbers = NumberStyles.AllowLeadingSign)
    {
        if (value.ValueKind != JsonValueKind.String || JsonText.IsSurelyLonger(value, Longest) || !JsonText.TryRead(value, out var text))
            return "";

        var plain = text.Trim().ToLowerInvariant();
        return plain is "true" or "false" || decimal.TryParse(plain, numbers, CultureInfo.InvariantCulture, out _)
            ? $"; write {plain} without quotes"
            : "";
    }

    /// <summary>At most sixty characters, never half of a pair, no control characters.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= Longest)
            return Printable(text);

        var cut = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return Printable(text[..cut]) + "…";
    }

    private static string Printable(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
    });
}
