using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Reads JSON strings that may contain a lone surrogate, which JSON escapes allow and UTF-8 does not.</summary>
internal static class JsonText
{
    /// <summary>Returns false if the string has a lone surrogate.</summary>
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out string? text) => TryRead(() => value.GetString()!, out text);

    /// <summary>Same for a member name.</summary>
    public static bool TryReadName(JsonProperty member, [NotNullWhen(true)] out string? name) => TryRead(() => member.Name, out name);

    /// <summary>Counts Unicode code points; a surrogate pair is one.</summary>
    public static int CountCodePoints(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private static bool TryRead(Func<string> read, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = read();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}
