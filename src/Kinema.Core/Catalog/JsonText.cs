using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Kinema.Core.Catalog;

/// <summary>Reads JSON strings that may contain a lone surrogate, which JSON escapes allow and UTF-8 does not.</summary>
internal static class JsonText
{
    /// <summary>Most bytes of one character in JSON: a pair of escaped surrogates.</summary>
    public const int MaxBytesPerCodePoint = 12;

    private const byte Backslash = (byte)'\\';

    /// <summary>Returns false if the string has a lone surrogate.</summary>
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out string? text) => TryRead(() => value.GetString()!, out text);

    /// <summary>Same for a member name.</summary>
    public static bool TryReadName(JsonProperty member, [NotNullWhen(true)] out string? name) => TryRead(() => member.Name, out name);

    /// <summary>The value as it came, a string with its quotes and escapes. Nothing is copied.</summary>
    public static ReadOnlySpan<byte> Raw(JsonElement value) => JsonMarshal.GetRawUtf8Value(value);

    /// <summary>Whether a string has more characters than this, by its bytes alone: a value of megabytes need not become a string to be refused.</summary>
    public static bool IsSurelyLonger(JsonElement value, int codePoints) => Raw(value).Length - 2 > (long)codePoints * MaxBytesPerCodePoint;

    /// <summary>Counts Unicode code points; a surrogate pair is one.</summary>
    public static int CountCodePoints(string text) => text.Length - text.Count(char.IsLowSurrogate);

    /// <summary>Counts the code points of a JSON string without reading it.</summary>
    public static int CountCodePoints(JsonElement value)
    {
        var text = Raw(value)[1..^1];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Backslash)
            {
                var isUnit = text[++i] == 'u';
                if (!isUnit || !IsLowSurrogate(text.Slice(i + 1, 4)))
                    count++;
                if (isUnit)
                    i += 4;
            }
            else if ((text[i] & 0xC0) != 0x80)
            {
                count++;
            }
        }

        return count;
    }

    private static bool IsLowSurrogate(ReadOnlySpan<byte> hex) => Utf8Parser.TryParse(hex, out int unit, out _, 'x') && char.IsLowSurrogate((char)unit);

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
