using Kinema.Core.Pricing;
using Kinema.Worker.Attempts;
using Kinema.Worker.Tests.Support;

namespace Kinema.Worker.Tests.Attempts;

public sealed class DeliveredPriceTests
{
    [Theory]
    [InlineData(5, "0.50", 5.0, "0.50")]
    [InlineData(5, "0.50", 4.01, "0.50")] // a begun second is a second
    [InlineData(5, "0.50", 4.0, "0.40")]
    [InlineData(5, "0.50", 5.2, "0.50")] // never more than was held
    [InlineData(5, "0.50", 0.0, "0.00")]
    [InlineData(15, "1.50", 0.1, "0.10")]
    public void A_run_costs_its_delivered_seconds_rounded_up_and_never_more_than_was_held(int asked, string held, double delivered, string cost)
    {
        using var rig = new Rig();
        var run = rig.Claim().Run with { Held = Money.Parse(held) };

        DeliveredPrice.Of(run, asked, delivered).ToString().ShouldBe(cost);
    }
}
