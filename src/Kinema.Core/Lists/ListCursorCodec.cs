using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Lists;

/// <summary>Encodes and decodes page cursors: opaque and URL-safe; rejects invalid ones and those of another order.</summary>
public static class ListCursorCodec
{
    /// <summary>The cursor of the first page, whatever is added later.</summary>
    public static string Start => RunCursorCodec.Start;

    /// <summary>The error for a cursor that is none of the list.</summary>
    internal static FieldError Refusal { get; } =
        FieldError.Query("pq", "must be a cursor from an earlier page of the same sort_by: its first, next or previous", FieldErrorTypes.NotAllowed);

    /// <param name="cursor">The place.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    /// <param name="sort">The order.</param>
    public static string Encode(ListCursor cursor, bool backwards, IReadOnlyList<SortKey> sort) =>
        CursorText.Encode(SortKey.Describe(sort), backwards, cursor.Values.Append(cursor.Id));

    /// <param name="text">Cursor from a caller.</param>
    /// <param name="sort">The request's order.</param>
    /// <param name="id">The field that decides ties.</param>
    /// <param name="backwards">Whether the page ends before it.</param>
    public static ListCursor? Decode(string text, IReadOnlyList<SortKey> sort, FilterField id, out bool backwards) =>
        CursorText.Decode(text, SortKey.Describe(sort), sort.Count + 1, parts => Read(parts, sort, id), out backwards);

    private static ListCursor? Read(JsonElement[] parts, IReadOnlyList<SortKey> sort, FilterField id)
    {
        var values = new object?[sort.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryRead(parts[i], sort[i].Field, out values[i]))
                return null;
        }

        return TryRead(parts[^1], id, out var last) && last is not null ? new(values, last) : null;
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
