namespace Kinema.Wan.Text.Tokens;

/// <summary>Lengths of UTF-8 characters.</summary>
internal static class Utf8
{
    /// <summary>The bytes of the first character, by its first byte, but not more than there are.</summary>
    public static int CharacterLength(ReadOnlySpan<byte> text)
        => Math.Min(text.Length, text[0] switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, _ => 4 });
}
