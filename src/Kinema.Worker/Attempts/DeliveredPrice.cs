using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>Price of a finished run: delivered seconds, rounded up to a whole second, never more than the held amount.</summary>
internal static class DeliveredPrice
{
    /// <summary>Derives the price per second from the held amount, so that a later manifest change has no effect.</summary>
    public static Money Of(Run run, int requestedSeconds, double deliveredSeconds)
    {
        var seconds = Math.Clamp((long)Math.Ceiling(deliveredSeconds), 0, requestedSeconds);
        return new(run.Held.Micros / requestedSeconds * seconds);
    }
}
