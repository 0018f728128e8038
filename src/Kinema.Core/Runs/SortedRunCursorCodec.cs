using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Encodes and decodes cursors of lists that are sorted by keys: opaque and URL-safe; rejects invalid ones and those of another order.</summary>
internal static class SortedRunCursorCodec
{
    private const int MaxLength = 16_384;

    /// <param name="cursor">The place.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    /// <param name="order">The order, see <see cref="Lists.SortKey.Describe"/>.</param>
    public static string Encode(SortedRunCursor cursor, bool backwards, string order) => Base64Url.EncodeToString(WireJson.Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStringValue(order);
        writer.WriteBooleanValue(backwards);
        writer.WriteNumberValue(cursor.Newest.UtcTicks);
        writer.WriteStringValue(cursor.Id);
        foreach (var value in cursor.Values)
        {
            if (value is long number)
                writer.WriteNumberValue(number);
            else
                writer.WriteStringValue((string?)value);
        }

        writer.WriteEndArray();
    }));

    /// <param name="text">Cursor from a caller.</param>
    /// <param name="keys">The number of sort keys.</param>
    /// <param name="order">The request's order.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    public static SortedRunCursor? Decode(string text, int keys, string order, out bool backwards)
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
            if (parts.Length != keys + 4 || parts[0].ValueKind != JsonValueKind.String || parts[0].GetString() != order || parts[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False)
                || parts[2].ValueKind != JsonValueKind.Number || !parts[2].TryGetInt64(out var newest) || newest < 0 || newest > DateTime.MaxValue.Ticks
                || parts[3].ValueKind != JsonValueKind.String || !parts[3].TryGetGuid(out var id))
            {
                return null;
            }

            var values = new object?[keys];
            for (var i = 0; i < keys; i++)
            {
                if (!TryRead(parts[i + 4], out values[i]))
                    return null;
            }

            backwards = parts[1].GetBoolean();
            return new(new(newest, TimeSpan.Zero), values, id);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static bool TryRead(JsonElement part, out object? value)
    {
        value = part.ValueKind switch
        {
            JsonValueKind.String => part.GetString(),
            JsonValueKind.Number when part.TryGetInt64(out var number) => number,
            _ => null,
        };
        return value is not null || part.ValueKind == JsonValueKind.Null;
    }
}
