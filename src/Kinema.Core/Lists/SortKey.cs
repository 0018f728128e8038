using Kinema.Core.Catalog;

namespace Kinema.Core.Lists;

/// <summary>One key of an order. Items without a value come last in both directions.</summary>
public sealed record SortKey(FilterField Field, bool Descending)
{
    private const int MaxKeys = 5;

    /// <summary>Reads <c>sort_by</c>: <c>created_at:desc,cost</c>, or <c>-created_at</c>.</summary>
    /// <param name="text">The parameter; null or blank for the list's own order.</param>
    /// <param name="fields">The list's fields.</param>
    /// <param name="errors">Receives every problem.</param>
    public static IReadOnlyList<SortKey> Read(string? text, IReadOnlyList<FilterField> fields, ICollection<FieldError> errors)
    {
        var keys = new List<SortKey>();
        var sortable = fields.Where(field => field.IsSortable).Select(field => field.Name).ToList();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, direction) = part.StartsWith('-') ? (part[1..], "desc")
                : part.Split(':') is [var field, var order] ? (field, order)
                : (part, "asc");
            if (!sortable.Contains(name))
                errors.Add(Wrong($"names \"{ReceivedValue.Shorten(name)}\"; allowed are {string.Join(", ", sortable)}", FieldErrorTypes.UnknownField));
            else if (direction is not ("asc" or "desc"))
                errors.Add(Wrong($"has the direction \"{ReceivedValue.Shorten(direction)}\" for {name}; allowed are asc and desc", FieldErrorTypes.NotAllowed));
            else if (keys.Any(key => key.Field.Name == name))
                errors.Add(Wrong($"names {name} twice", FieldErrorTypes.DuplicateField));
            else
                keys.Add(new(fields.Single(field => field.Name == name), direction == "desc"));
        }

        if (keys.Count > MaxKeys)
            errors.Add(Wrong($"must have at most {MaxKeys} keys; got {keys.Count}", FieldErrorTypes.OutOfRange));
        return keys;
    }

    /// <summary>The order in one spelling, to compare with another.</summary>
    public static string Describe(IEnumerable<SortKey> keys) => string.Join(',', keys.Select(key => $"{key.Field.Name}:{(key.Descending ? "desc" : "asc")}"));

    private static FieldError Wrong(string reason, string type) => FieldError.Query("sort_by", reason, type);
}
