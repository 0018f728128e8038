using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Kinema.Wan.Text;

/// <summary>Decodes HTML character references, as Python's <c>html.unescape</c> does.</summary>
/// <remarks>
/// The names are those of the WHATWG list (html.spec.whatwg.org, section 13.5), some of them without a semicolon; the longest matching name counts.
/// </remarks>
internal static class HtmlEntities
{
    private const int LongestName = 33;

    private static readonly FrozenDictionary<string, string> _names = ReadNames();

    public static string Unescape(string text)
    {
        if (!text.Contains('&'))
            return text;

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '&' && Read(text.AsSpan(i + 1), out var characters) is > 0 and var length)
            {
                result.Append(characters);
                i += 1 + length;
            }
            else
            {
                result.Append(text[i++]);
            }
        }

        return result.ToString();
    }

    /// <summary>Reads the reference after an ampersand; returns 0 if there is none.</summary>
    private static int Read(ReadOnlySpan<char> text, out string characters)
    {
        characters = "";
        return text.IsEmpty ? 0 : text[0] == '#' ? ReadNumber(text, out characters) : ReadName(text, out characters);
    }

    private static int ReadNumber(ReadOnlySpan<char> text, out string characters)
    {
        characters = "";
        var hexadecimal = text.Length > 1 && text[1] is 'x' or 'X';
        var start = hexadecimal ? 2 : 1;
        var end = start;
        while (end < text.Length && (hexadecimal ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
            end++;
        if (end == start)
            return 0;

        // Longer numbers are beyond Unicode in any case.
        var digits = text[start..end].TrimStart('0');
        var number = digits.Length > 8 ? int.MaxValue
            : digits.IsEmpty ? 0
            : (int)Math.Min(int.MaxValue, long.Parse(digits, hexadecimal ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture));
        characters = Character(number);
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }

    private static string Character(int number) => number switch
    {
        0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) => "\uFFFD",
        0x0D => "\r",
        >= 0x80 and <= 0x9F => Windows1252.CharacterOf((byte)number).ToString(), // section 13.2.5.80
        _ when IsNoCharacter(number) => "",
        _ => char.ConvertFromUtf32(number),
    };

    private static bool IsNoCharacter(int number)
        => number is (>= 0x1 and <= 0x8) or (>= 0xB and <= 0x1F and not 0xC) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) || (number & 0xFFFE) == 0xFFFE;

    private static int ReadName(ReadOnlySpan<char> text, out string characters)
    {
        var lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(LongestName, text.Length); length > 1; length--)
        {
            if (lookup.TryGetValue(text[..length], out var found))
            {
                characters = found;
                return length;
            }
        }

        characters = "";
        return 0;
    }

    private static FrozenDictionary<string, string> ReadNames()
    {
        using var stream = typeof(HtmlEntities).Assembly.GetManifestResourceStream("Kinema.Wan.Text.html-entities.txt")!;
        using var reader = new StreamReader(stream);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            names[parts[0]] = string.Concat(parts.Skip(1).Select(code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
