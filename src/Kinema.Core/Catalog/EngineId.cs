namespace Kinema.Core.Catalog;

/// <summary>The form of engine ids.</summary>
public static class EngineId
{
    private const int MaxLength = 64;

    /// <summary>Lower-case letters, digits and dashes.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
