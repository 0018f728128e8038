using System.Globalization;

namespace Kinema.Core.Pricing;

/// <summary>An amount in integer micro-dollars; never a floating-point number.</summary>
public readonly record struct Money(long Micros) : IComparable<Money>
{
    public static Money Zero => default;

    /// <summary>Decimal dollars with at least two decimals and no more than needed: <c>0.50</c>, <c>0.125</c>.</summary>
    public override string ToString() => (Micros / 1_000_000m).ToString("0.00####", CultureInfo.InvariantCulture);

    /// <summary>Parses decimal dollars, at most six decimals.</summary>
    /// <exception cref="FormatException">Not a decimal number, or finer than a micro-dollar.</exception>
    public static Money Parse(string dollars)
    {
        var micros = decimal.Parse(dollars, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * 1_000_000m;
        return micros == decimal.Truncate(micros) ? new((long)micros) : throw new FormatException($"'{dollars}' is finer than a micro-dollar.");
    }

    public static Money operator *(Money price, int quantity) => new(checked(price.Micros * quantity));

    public int CompareTo(Money other) => Micros.CompareTo(other.Micros);
}
