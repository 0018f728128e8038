using System.Globalization;

namespace Kinema.Core.Catalog;

/// <summary>A JSON number as it is written: ±<paramref name="Digits"/> × 10^<paramref name="Exponent"/>. Nothing is rounded.</summary>
/// <param name="IsNegative">Whether it has a minus.</param>
/// <param name="Digits">Its digits without zeros at either end; empty for zero.</param>
/// <param name="Exponent">Power of ten of the last digit.</param>
internal readonly record struct NumberLiteral(bool IsNegative, string Digits, long Exponent)
{
    public static NumberLiteral Read(ReadOnlySpan<char> literal)
    {
        var exponentAt = literal.IndexOfAny('e', 'E');
        var mantissa = exponentAt < 0 ? literal : literal[..exponentAt];
        var pointAt = mantissa.IndexOf('.');
        var negative = mantissa[0] == '-';
        var digits = string.Concat(
            mantissa[(negative ? 1 : 0)..(pointAt < 0 ? mantissa.Length : pointAt)],
            pointAt < 0 ? [] : mantissa[(pointAt + 1)..]).TrimStart('0');
        var significant = digits.TrimEnd('0');
        var exponent = (exponentAt < 0 ? 0 : ReadExponent(literal[(exponentAt + 1)..]))
            - (pointAt < 0 ? 0 : mantissa.Length - pointAt - 1)
            + (digits.Length - significant.Length);
        return new(negative, significant, exponent);
    }

    // An exponent beyond the length of any body decides by its sign alone.
    private static long ReadExponent(ReadOnlySpan<char> literal) =>
        long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) < 1_000_000_000_000
            ? exponent
            : literal[0] == '-' ? -1_000_000_000_000 : 1_000_000_000_000;
}
