using System.Globalization;
using Kinema.Core.Json;

namespace Kinema.Core.Lists;

/// <summary>Converts between the written form of a filter's value and its stored form.</summary>
public static class FilterValues
{
    private const decimal MicrosPerUnit = 1_000_000m;

    // With a zone, Z, or none for UTC.
    private static readonly string[] _times =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <param name="field">The field to compare.</param>
    /// <param name="text">As written, without quotes.</param>
    /// <param name="value">The stored form: a string or a long.</param>
    /// <param name="expected">What the field takes, if the value is not that.</param>
    internal static bool TryRead(FilterField field, string text, out object? value, out string expected)
    {
        (value, expected) = field.Kind switch
        {
            FilterValueKind.Id => ((object?)(Guid.TryParse(text, out var id) ? id.ToString() : null), "a UUID"),
            FilterValueKind.Choice => (field.Choices!.Contains(text) ? text : null, string.Join(", ", field.Choices!)),
            FilterValueKind.Integer => (ReadInteger(text), "an integer"),
            FilterValueKind.Amount => (ReadAmount(text), "dollars with at most six decimals, for example 0.50"),
            FilterValueKind.Time => (ReadTime(text), "a date or a time, for example 2026-04-01 or 2026-04-01T12:00:00Z"),
            FilterValueKind.Flag => (text switch { "true" => 1L, "false" => 0L, _ => (long?)null }, "true or false"),
            _ => (text, "text"),
        };
        return value is not null;
    }

    /// <summary>Writes a stored value as a filter has it, with quotes where it needs them.</summary>
    internal static string Write(FilterField field, object? value) => value switch
    {
        null => "null",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        long number => field.Kind switch
        {
            FilterValueKind.Time => WireJson.Time(DateTimeOffset.UnixEpoch.AddTicks(number * TimeSpan.TicksPerMicrosecond)),
            FilterValueKind.Amount => (number / MicrosPerUnit).ToString(CultureInfo.InvariantCulture),
            FilterValueKind.Flag => number == 0 ? "false" : "true",
            _ => number.ToString(CultureInfo.InvariantCulture),
        },
        _ => throw new ArgumentException($"A filter has no values of {value.GetType()}."),
    };

    private static long? ReadInteger(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? ReadAmount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && Math.Abs(amount) < long.MaxValue / MicrosPerUnit && decimal.IsInteger(amount * MicrosPerUnit)
            ? (long)(amount * MicrosPerUnit)
            : null;

    /// <summary>Reads a date or an ISO 8601 time, UTC without a zone.</summary>
    public static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, _times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    // Cut to the milliseconds that records show, so that a time copied from a record compares as it reads.
    private static long? ReadTime(string text) =>
        TryReadTime(text, out var time)
            ? time.ToUnixTimeMilliseconds() * 1_000
            : null;
}
