using System.Globalization;
using Kinema.Core.Catalog;

namespace Kinema.Core.Lists;

/// <summary>The <c>limit</c> of a list: how many items a page has at most.</summary>
public static class PageLimit
{
    private const int Default = 50;
    private const int Max = 500;

    /// <param name="text">The parameter; null or empty for the default.</param>
    /// <param name="errors">Receives the problem; the result is then the default.</param>
    public static int Read(string? text, ICollection<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
            return Default;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Max)
            return limit;

        errors.Add(FieldError.Query("limit", $"must be an integer from 1 to {Max}; got \"{ReceivedValue.Shorten(text)}\"", FieldErrorTypes.OutOfRange));
        return Default;
    }
}
