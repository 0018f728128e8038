using Kinema.Core.Pricing;

namespace Kinema.Core.Tests.Pricing;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("0", 0, "0.00")]
    [InlineData("0.1", 100_000, "0.10")]
    [InlineData("0.10", 100_000, "0.10")]
    [InlineData("0.125", 125_000, "0.125")]
    [InlineData("0.000001", 1, "0.000001")]
    [InlineData("12345.678901", 12_345_678_901, "12345.678901")]
    public void An_amount_is_read_exactly_and_written_with_at_least_two_decimals(string text, long micros, string written)
    {
        Money.Parse(text).Micros.ShouldBe(micros);
        new Money(micros).ToString().ShouldBe(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("0.0000001")]
    [InlineData("0.00000000000000000000000000000000000001")]
    [InlineData("٣")]
    [InlineData("99999999999999999999999999999")]
    public void Anything_else_is_refused(string text) => Should.Throw<FormatException>(() => Money.Parse(text));

    [Fact]
    public void Every_amount_survives_writing_and_reading()
    {
        var random = new Random(20260408);
        for (var i = 0; i < 10_000; i++)
        {
            var money = new Money(random.NextInt64(0, 1L << random.Next(1, 62)));
            Money.Parse(money.ToString()).ShouldBe(money);
        }
    }

    [Fact]
    public void Five_seconds_at_ten_cents_are_fifty_cents() => (Money.Parse("0.10") * 5).ToString().ShouldBe("0.50");

    [Fact]
    public void An_overflow_is_an_error_not_another_price() => Should.Throw<OverflowException>(() => new Money(long.MaxValue) * 2);

    [Fact]
    public void A_price_is_formatted_without_trailing_zeros() => Money.Parse("0.10").ToShortString().ShouldBe("0.1");
}
