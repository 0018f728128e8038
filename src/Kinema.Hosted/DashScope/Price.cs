using Kinema.Core.Pricing;
using Kinema.Engines;
using Kinema.Hosted.DashScope.Wire;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope;

/// <summary>What the provider takes, by the operator's settings.</summary>
internal sealed class Price(IOptions<HostedOptions> options)
{
    /// <summary>What a request costs at most.</summary>
    public Money AtMost(VideoRequest request) => Of(request.DurationSeconds, request.Resolution == VideoResolution.Hd1080 ? 1080 : 720);

    /// <summary>What a task cost that succeeded; null if the provider does not say how long it is.</summary>
    public Money? Of(TaskReply reply) => reply is { Seconds: { } seconds and >= 0, Resolution: { } resolution } ? Of(seconds, resolution) : null;

    private Money Of(double seconds, int resolution) =>
        new((long)Math.Ceiling((decimal)Math.Min(seconds, 3600) * (resolution >= 1080 ? options.Value.DashScope.Price1080P : options.Value.DashScope.Price720P) * 1_000_000m));
}
