using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>What a finished run costs: delivered seconds, rounded up to a whole second, never more than was held.</summary>
internal static class DeliveredPrice
{
    /// <summary>The price of a second is what was held for one, so that a manifest that changed meanwhile changes nothing.</summary>
    public static Money Of(Run run, int requestedSeconds, double deliveredSeconds)
    {
        var seconds = Math.Clamp((long)Math.Ceiling(deliveredSeconds), 0, requestedSeconds);
        return new(run.Held.Micros / requestedSeconds * seconds);
    }
}
