using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Reads JSON strings that may hold half of a surrogate pair, which JSON allows to write and UTF-8 cannot hold.</summary>
internal static class JsonText
{
    /// <summary>False when the string has half of a surrogate pair.</summary>
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out string? text) => TryRead(() => value.GetString()!, out text);

    /// <summary>The same for a member's name.</summary>
    public static bool TryReadName(JsonProperty member, [NotNullWhen(true)] out string? name) => TryRead(() => member.Name, out name);

    /// <summary>Unicode code points; a surrogate pair is one.</summary>
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
