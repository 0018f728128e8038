using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Core.Runs;

namespace Kinema.Core.Lists;

/// <summary>Encodes and decodes page cursors: opaque and URL-safe; rejects invalid ones and those of another order.</summary>
public static class ListCursorCodec
{
    private const int MaxLength = 16_384;

    /// <summary>The cursor of the first page, whatever is added later.</summary>
    public static string Start => RunCursorCodec.Start;

    /// <param name="cursor">The place.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    /// <param name="sort">The order.</param>
    public static string Encode(ListCursor cursor, bool backwards, IReadOnlyList<SortKey> sort) => Base64Url.EncodeToString(WireJson.Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStringValue(SortKey.Describe(sort));
        writer.WriteBooleanValue(backwards);
        foreach (var value in cursor.Values.Append(cursor.Id))
        {
            if (value is long number)
                writer.WriteNumberValue(number);
            else
                writer.WriteStringValue((string?)value);
        }

        writer.WriteEndArray();
    }));

    /// <param name="text">Cursor from a caller.</param>
    /// <param name="sort">The request's order.</param>
    /// <param name="id">The field that decides ties.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    public static ListCursor? Decode(string text, IReadOnlyList<SortKey> sort, FilterField id, out bool backwards)
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
            if (parts.Length != sort.Count + 3 || parts[1].ValueKind is not (JsonValueKind.True or JsonValueKind.False)
                || parts[0].ValueKind != JsonValueKind.String || parts[0].GetString() != SortKey.Describe(sort))
            {
                return null;
            }

            var values = new object?[sort.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (!TryRead(parts[i + 2], sort[i].Field, out values[i]))
                    return null;
            }

            backwards = parts[1].GetBoolean();
            return TryRead(parts[^1], id, out var last) && last is not null ? new(values, last) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads a value of the field's stored type, or null.</summary>
    private static bool TryRead(JsonElement part, FilterField field, out object? value)
    {
        value = (part.ValueKind, field.Kind) switch
        {
            (JsonValueKind.String, FilterValueKind.Text or FilterValueKind.Choice or FilterValueKind.Id) => part.GetString(),
            (JsonValueKind.Number, not (FilterValueKind.Text or FilterValueKind.Choice or FilterValueKind.Id)) when part.TryGetInt64(out var number) => number,
            _ => null,
        };
        return value is not null || part.ValueKind == JsonValueKind.Null;
    }
}
