using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Catalog;

public sealed class JsonIntegerTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("-0.0e5", 0)]
    [InlineData("0e999999999999999999999", 0)]
    [InlineData("100", 100)]
    [InlineData("1e2", 100)]
    [InlineData("1000E-1", 100)]
    [InlineData("0.01e4", 100)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775807.000", long.MaxValue)]
    public void An_integral_literal_is_that_integer(string literal, long expected)
    {
        JsonInteger.Read(literal, out var value).ShouldBe(JsonInteger.Kind.Integer);
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("5.0000000000000000000000000001")]
    [InlineData("1e-1")]
    [InlineData("1e-99999999999999999999999")]
    public void A_fraction_is_never_rounded_away(string literal) => JsonInteger.Read(literal, out _).ShouldBe(JsonInteger.Kind.Fraction);

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("1e99999999999999999999999")]
    public void An_integer_beyond_64_bits_is_huge(string literal) => JsonInteger.Read(literal, out _).ShouldBe(JsonInteger.Kind.Huge);

    [Fact]
    public void An_integer_is_recognised_with_any_exponent()
    {
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++)
        {
            var expected = random.NextInt64(-(1L << 50), 1L << 50);
            var shift = random.Next(0, 8);
            var digits = Math.Abs(expected).ToString().PadLeft(shift + 1, '0');
            var literal = $"{(expected < 0 ? "-" : "")}{digits[..^shift].TrimStart('0').PadLeft(1, '0')}{(shift == 0 ? "" : "." + digits[^shift..])}e{shift}";
            JsonInteger.Read(literal, out var value).ShouldBe(JsonInteger.Kind.Integer, literal);
            value.ShouldBe(expected, literal);
        }
    }
}
