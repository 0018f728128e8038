using System.Globalization;

namespace Kinema.Core.Catalog;

/// <summary>Reads a JSON number as an exact integer: <c>5</c>, <c>5.0</c> and <c>50e-1</c> are five; nothing is rounded.</summary>
internal static class JsonInteger
{
    internal enum Kind
    {
        Integer,

        /// <summary>It has a fraction, however small.</summary>
        Fraction,

        /// <summary>An integer beyond 64 bits.</summary>
        Huge,
    }

    /// <param name="literal">A number as JSON writes it.</param>
    /// <param name="value">The integer, or 0.</param>
    public static Kind Read(ReadOnlySpan<char> literal, out long value)
    {
        value = 0;
        var exponentAt = literal.IndexOfAny('e', 'E');
        var mantissa = exponentAt < 0 ? literal : literal[..exponentAt];
        var pointAt = mantissa.IndexOf('.');
        var negative = mantissa[0] == '-';
        var digits = string.Concat(
            mantissa[(negative ? 1 : 0)..(pointAt < 0 ? mantissa.Length : pointAt)],
            pointAt < 0 ? [] : mantissa[(pointAt + 1)..]).TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
            return Kind.Integer;

        var scale = (exponentAt < 0 ? 0 : Exponent(literal[(exponentAt + 1)..]))
            - (pointAt < 0 ? 0 : mantissa.Length - pointAt - 1)
            + (digits.Length - significant.Length);
        if (scale < 0)
            return Kind.Fraction;
        if (significant.Length + scale > 19)
            return Kind.Huge;

        var text = (negative ? "-" : "") + significant + new string('0', (int)scale);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) ? Kind.Integer : Kind.Huge;
    }

    // An exponent beyond the length of any body decides by its sign alone.
    private static long Exponent(ReadOnlySpan<char> literal) =>
        long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) < 1_000_000_000_000
            ? exponent
            : literal[0] == '-' ? -1_000_000_000_000 : 1_000_000_000_000;
}
