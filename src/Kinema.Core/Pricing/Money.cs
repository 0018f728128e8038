using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kinema.Core.Pricing;

/// <summary>An amount in integer micro-dollars; never a floating-point number.</summary>
public readonly record struct Money(long Micros) : IComparable<Money>
{
    private const int Decimals = 6;

    public static Money Zero => default;

    /// <summary>Decimal dollars with at least two decimals and no more than needed: <c>0.50</c>, <c>0.125</c>.</summary>
    public override string ToString() => (Micros / 1_000_000m).ToString("0.00####", CultureInfo.InvariantCulture);

    /// <summary>Decimal dollars with no more decimals than needed, as prices are advertised: <c>0.1</c>.</summary>
    public string ToShortString() => (Micros / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Parses decimal dollars, at most six decimals.</summary>
    /// <exception cref="FormatException">Not a decimal number, too large, or finer than a micro-dollar.</exception>
    public static Money Parse(string dollars) =>
        TryParse(dollars, out var money)
            ? money
            : throw new FormatException($"'{dollars}' is not an amount in dollars with at most six decimals, such as 0.50.");

    /// <summary>Digits, and after a point at most six more; no sign, no exponent, no spaces.</summary>
    public static bool TryParse([NotNullWhen(true)] string? dollars, out Money money)
    {
        money = default;
        var parts = dollars?.Split('.') ?? [];
        if (parts.Length is 0 or > 2 || parts.Any(p => p.Length == 0 || !p.All(char.IsAsciiDigit)) || (parts.Length == 2 && parts[1].Length > Decimals))
            return false;

        var micros = parts[0] + (parts.Length == 2 ? parts[1] : "").PadRight(Decimals, '0');
        if (!long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;

        money = new(value);
        return true;
    }

    public static Money operator *(Money price, int quantity) => new(checked(price.Micros * quantity));

    public int CompareTo(Money other) => Micros.CompareTo(other.Micros);
}
