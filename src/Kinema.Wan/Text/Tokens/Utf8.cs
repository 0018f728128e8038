namespace Kinema.Wan.Text.Tokens;

/// <summary>Lengths of UTF-8 characters.</summary>
internal static class Utf8
{
    /// <summary>Returns the byte length of the first character, from its first byte, at most the text's length.</summary>
    public static int CharacterLength(ReadOnlySpan<byte> text)
        => Math.Min(text.Length, text[0] switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 });
}
