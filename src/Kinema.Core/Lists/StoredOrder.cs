using System.Text;

namespace Kinema.Core.Lists;

/// <summary>Compares stored values as SQLite does: text by the bytes of its UTF-8.</summary>
internal static class StoredOrder
{
    public static int Compare(object one, object other) => (one, other) switch
    {
        (string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
        (long a, long b) => a.CompareTo(b),
        _ => throw new ArgumentException($"{one.GetType()} cannot be compared with {other.GetType()}."),
    };

    /// <summary>Compares two places: key by key, those without a value last, then by id.</summary>
    public static int Compare(ListCursor one, ListCursor other, IReadOnlyList<SortKey> sort)
    {
        for (var i = 0; i < sort.Count; i++)
        {
            var order = (one.Values[i], other.Values[i]) switch
            {
                (null, null) => 0,
                (null, _) => 1,
                (_, null) => -1,
                (var a, var b) => sort[i].Descending ? Compare(b, a) : Compare(a, b),
            };
            if (order != 0)
                return order;
        }

        return Compare(one.Id, other.Id);
    }
}
