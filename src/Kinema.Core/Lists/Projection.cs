using Kinema.Core.Catalog;

namespace Kinema.Core.Lists;

/// <summary>The <c>fields</c> of a list, and its yes-or-no parameters.</summary>
internal static class Projection
{
    private const int MaxErrors = 10;

    /// <param name="text">The parameter; null or blank for all members.</param>
    /// <param name="known">The members that there are.</param>
    /// <param name="item">What a record is called, with its article.</param>
    /// <param name="errors">Receives every problem.</param>
    public static IReadOnlySet<string>? Read(string? text, IReadOnlyList<string> known, string item, ICollection<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var fields = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        foreach (var unknown in fields.Except(known).Take(MaxErrors))
        {
            var hint = NearestName.Find(unknown, known) is { } nearest ? $"; did you mean {nearest}?" : "";
            errors.Add(FieldError.Query("fields", $"names \"{ReceivedValue.Shorten(unknown)}\", which {item} does not have{hint}", FieldErrorTypes.UnknownField));
        }

        return fields;
    }

    public static bool ReadFlag(string name, string? text, ICollection<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        if (bool.TryParse(text, out var flag))
            return flag;

        errors.Add(FieldError.Query(name, $"must be true or false; got \"{ReceivedValue.Shorten(text)}\"", FieldErrorTypes.Type));
        return false;
    }
}
