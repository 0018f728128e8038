using System.Text;
using System.Text.RegularExpressions;

namespace Kinema.Wan.Text;

/// <summary>Repairs mojibake: the part of ftfy's <c>fix_text</c> that affects the tokens.</summary>
/// <remarks>
/// Done: terminal escapes removed; UTF-8 text that was read as Windows-1252 decoded again, as a whole and as often as needed; C1 controls read as
/// Windows-1252; curly quotes straightened. Not done: ftfy's heuristic for damaged text, and repairs within a text that is only partly damaged. Left to the
/// tokenizer's charsmap, which does the same: ligatures, full and half width, line breaks, control characters, composition (NFC).
/// </remarks>
internal static partial class MojibakeRepair
{
    private const int MostRounds = 4;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Repair(string text)
    {
        text = TerminalEscape().Replace(text, "");
        for (var round = 0; round < MostRounds && Redecode(text) is { } better; round++)
            text = better;

        return string.Concat(text.Select(Replace));
    }

    /// <summary>Returns the text decoded as UTF-8 from its Windows-1252 bytes; null if they are not valid UTF-8.</summary>
    private static string? Redecode(string text)
    {
        if (!text.Any(character => character > 0x7F))
            return null;

        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (Windows1252.ByteOf(text[i]) is not { } value)
                return null;
            bytes[i] = value;
        }

        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static char Replace(char character) => character switch
    {
        >= '\u0080' and <= '\u009F' => Windows1252.CharacterOf((byte)character),
        '\u02BC' or (>= '\u2018' and <= '\u201B') => '\'',
        >= '\u201C' and <= '\u201F' => '"',
        _ => character,
    };

    [GeneratedRegex("\u001B\\[[0-9;]*[a-zA-Z]")]
    private static partial Regex TerminalEscape();
}
