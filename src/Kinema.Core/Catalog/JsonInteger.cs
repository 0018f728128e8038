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
        var number = NumberLiteral.Read(literal);
        if (number.Digits.Length == 0)
            return Kind.Integer;
        if (number.Exponent < 0)
            return Kind.Fraction;
        if (number.Digits.Length + number.Exponent > 19)
            return Kind.Huge;

        var text = (number.IsNegative ? "-" : "") + number.Digits + new string('0', (int)number.Exponent);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) ? Kind.Integer : Kind.Huge;
    }
}
