using System.Globalization;
using System.Text.Json;
using Kinema.Core.Json;
using Kinema.Core.Pricing;

namespace Kinema.Core.Lists;

/// <summary>Filters, sorts and pages records that are few enough for memory. It reads their JSON, so that callers filter by what they see.</summary>
public sealed class JsonList<T>(ListSchema schema, RecordWriter<T> record)
{
    public ListSchema Schema => schema;

    public JsonPage Read(IEnumerable<T> items, ListQuery query)
    {
        var matcher = new FilterMatcher<JsonElement>(ReadValue);
        var rows = items
            .Select(item => JsonElement.Parse(WireJson.Write(writer => record.Write(writer, item))))
            .Where(row => matcher.Matches(query.Filter, row))
            .Select(row => (Row: row, Place: PlaceOf(row, query.Sort)))
            .OrderBy(row => row.Place, Comparer<ListCursor>.Create((one, other) => StoredOrder.Compare(one, other, query.Sort)))
            .ToList();
        var (start, end) = query switch
        {
            { Cursor: null } => (0, Math.Min(query.Limit, rows.Count)),
            { Backwards: true, Cursor: var cursor } => Before(rows.Count(row => StoredOrder.Compare(row.Place, cursor, query.Sort) < 0)),
            { Cursor: var cursor } => After(rows.Count(row => StoredOrder.Compare(row.Place, cursor, query.Sort) <= 0)),
        };
        return new([.. rows[start..end].Select(row => row.Row)], query.Fields)
        {
            Next = start < end && end < rows.Count ? ListCursorCodec.Encode(rows[end - 1].Place, backwards: false, query.Sort) : null,
            Previous = start < end && start > 0 ? ListCursorCodec.Encode(rows[start].Place, backwards: true, query.Sort) : null,
        };

        (int, int) Before(int place) => (Math.Max(0, place - query.Limit), place);

        (int, int) After(int place) => (place, Math.Min(rows.Count, place + query.Limit));
    }

    /// <summary>The record with this id as JSON, or null.</summary>
    public byte[]? Find(IEnumerable<T> items, string id) => items
        .Select(item => WireJson.Write(writer => record.Write(writer, item)))
        .FirstOrDefault(row => ReadValue(JsonElement.Parse(row), schema.Id) is var value && Convert.ToString(value, CultureInfo.InvariantCulture) == id);

    private ListCursor PlaceOf(JsonElement row, IReadOnlyList<SortKey> sort) =>
        new([.. sort.Select(key => ReadValue(row, key.Field))], ReadValue(row, schema.Id)!);

    /// <summary>The value as a store would hold it; see <see cref="Filter.Comparison"/>.</summary>
    private static object? ReadValue(JsonElement row, FilterField field) => row.GetProperty(field.Name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetInt64(),
        { ValueKind: JsonValueKind.True } => 1L,
        { ValueKind: JsonValueKind.False } => 0L,
        { ValueKind: JsonValueKind.String } text => field.Kind switch
        {
            FilterValueKind.Time => DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 1_000,
            FilterValueKind.Amount => Money.Parse(text.GetString()!).Micros,
            _ => text.GetString(),
        },
        _ => null,
    };
}
