using System.Globalization;
using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Catalog;

public sealed class JsonDecimalTests
{
    [Theory]
    [InlineData("3.5", "3.5")]
    [InlineData("3.50", "3.5")]
    [InlineData("35e-1", "3.5")]
    [InlineData("-0.0", "0")]
    [InlineData("1E2", "100")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("-9999999999999999999999999999", "-9999999999999999999999999999")]
    public void A_number_is_read_exactly_and_without_zeros_at_its_end(string literal, string expected)
    {
        JsonDecimal.Read(literal, out var value).ShouldBe(JsonDecimal.Kind.Exact);
        value.ToString(CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Theory]
    [InlineData("1e-400")]
    [InlineData("3.50000000000000000000000000001")]
    public void A_number_that_would_be_rounded_is_too_fine(string literal) => JsonDecimal.Read(literal, out _).ShouldBe(JsonDecimal.Kind.Fine);

    [Theory]
    [InlineData("1e400")]
    [InlineData("10000000000000000000000000000")]
    public void A_number_beyond_28_digits_is_huge(string literal) => JsonDecimal.Read(literal, out _).ShouldBe(JsonDecimal.Kind.Huge);
}
