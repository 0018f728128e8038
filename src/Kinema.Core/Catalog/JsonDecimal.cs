using System.Globalization;

namespace Kinema.Core.Catalog;

/// <summary>Reads a JSON number as an exact decimal: <c>3.5</c>, <c>3.50</c> and <c>35e-1</c> are the same; nothing is rounded.</summary>
internal static class JsonDecimal
{
    /// <summary>Digits that every decimal can hold.</summary>
    public const int MaxDigits = 28;

    internal enum Kind
    {
        Exact,

        /// <summary>It has more digits, or finer ones, than a decimal can hold.</summary>
        Fine,

        /// <summary>It is too large.</summary>
        Huge,
    }

    /// <param name="literal">A number as JSON writes it.</param>
    /// <param name="value">The number without zeros at its end, or 0.</param>
    public static Kind Read(ReadOnlySpan<char> literal, out decimal value)
    {
        value = 0;
        var number = NumberLiteral.Read(literal);
        if (number.Digits.Length == 0)
            return Kind.Exact;
        if (number.Digits.Length + number.Exponent > MaxDigits)
            return Kind.Huge;
        if (number.Digits.Length > MaxDigits || number.Exponent < -MaxDigits)
            return Kind.Fine;

        var text = string.Create(CultureInfo.InvariantCulture, $"{(number.IsNegative ? "-" : "")}{number.Digits}E{number.Exponent}");
        value = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        return Kind.Exact;
    }
}
