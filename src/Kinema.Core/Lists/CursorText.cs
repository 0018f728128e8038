using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Lists;

/// <summary>The text of a cursor of sorted lists: opaque and URL-safe; rejects invalid ones and those of another order.</summary>
internal static class CursorText
{
    private const int MaxLength = 16_384;

    /// <param name="order">The order, see <see cref="SortKey.Describe"/>.</param>
    /// <param name="backwards">Whether the page ends before the place.</param>
    /// <param name="values">Strings, longs, or null.</param>
    public static string Encode(string order, bool backwards, IEnumerable<object?> values) => Base64Url.EncodeToString(WireJson.Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStringValue(order);
        writer.WriteBooleanValue(backwards);
        foreach (var value in values)
        {
            if (value is long number)
                writer.WriteNumberValue(number);
            else
                writer.WriteStringValue((string?)value);
        }

        writer.WriteEndArray();
    }));

    /// <param name="text">Cursor from a caller.</param>
    /// <param name="order">The request's order.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="read">Makes the place from the values, or null if they are not its.</param>
    /// <param name="backwards">Whether the page ends before the place.</param>
    public static T? Decode<T>(string text, string order, int count, Func<JsonElement[], T?> read, out bool backwards)
        where T : class
    {
        backwards = false;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
            return null;

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return null;

            JsonElement[] parts = [.. document.RootElement.EnumerateArray()];
            if (parts.Length != count + 2 || parts[0].ValueKind != JsonValueKind.String || parts[0].GetString() != order
                || parts[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                return null;
            }

            backwards = parts[1].GetBoolean();
            return read(parts[2..]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
