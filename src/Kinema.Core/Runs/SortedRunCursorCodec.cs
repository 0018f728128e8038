using System.Text.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>Encodes and decodes cursors of lists that are sorted by keys: opaque and URL-safe; rejects invalid ones and those of another order.</summary>
internal static class SortedRunCursorCodec
{
    /// <param name="cursor">The place.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    /// <param name="order">The order, see <see cref="SortKey.Describe"/>.</param>
    public static string Encode(SortedRunCursor cursor, bool backwards, string order) =>
        CursorText.Encode(order, backwards, [cursor.Newest.UtcTicks, cursor.Id.ToString(), .. cursor.Values]);

    /// <param name="text">Cursor from a caller.</param>
    /// <param name="keys">The number of sort keys.</param>
    /// <param name="order">The request's order.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    public static SortedRunCursor? Decode(string text, int keys, string order, out bool backwards) => CursorText.Decode(text, order, keys + 2, Read, out backwards);

    private static SortedRunCursor? Read(JsonElement[] parts)
    {
        if (parts[0].ValueKind != JsonValueKind.Number || !parts[0].TryGetInt64(out var newest) || newest < 0 || newest > DateTime.MaxValue.Ticks
            || parts[1].ValueKind != JsonValueKind.String || !parts[1].TryGetGuid(out var id))
        {
            return null;
        }

        var values = new object?[parts.Length - 2];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryRead(parts[i + 2], out values[i]))
                return null;
        }

        return new(new(newest, TimeSpan.Zero), values, id);
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
