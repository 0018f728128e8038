namespace Kinema.Wan.Text;

/// <summary>Windows-1252 with the C1 controls in its five undefined positions, as browsers decode it.</summary>
internal static class Windows1252
{
    private const string Upper =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public static char CharacterOf(byte value) => value is >= 0x80 and <= 0x9F ? Upper[value - 0x80] : (char)value;

    /// <summary>Returns the byte of a character, or null if it has none. The controls 0x80 to 0x9F map to themselves.</summary>
    public static byte? ByteOf(char character)
    {
        if (character <= 0xFF)
            return (byte)character;

        var index = Upper.IndexOf(character, StringComparison.Ordinal);
        return index < 0 ? null : (byte)(0x80 + index);
    }
}
