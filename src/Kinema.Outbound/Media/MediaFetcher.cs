using Kinema.Outbound.Urls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Media;

/// <summary>Downloads a caller's media URL. Every redirect and every retry is a new exchange with the same checks as the first.</summary>
internal sealed partial class MediaFetcher(
    MediaHost host, IOptions<OutboundOptions> options, TimeProvider timeProvider, ILogger<MediaFetcher> log) : IMediaFetcher
{
    /// <summary>Added to a wait at random, so that runs which a host turned away together do not come back together.</summary>
    private static readonly TimeSpan _maxJitter = TimeSpan.FromSeconds(1);

    public async Task<FetchResult> FetchAsync(MediaRequest request, Stream destination, CancellationToken ct)
    {
        var limits = options.Value.Media;
        var started = timeProvider.GetTimestamp();
        var time = TimeSpan.FromSeconds(limits.TotalTimeoutSeconds);
        using var total = new CancellationTokenSource(time, timeProvider);
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(ct, total.Token);

        var download = new Download(destination, request.MaxBytes);
        var next = request.Url;
        var hop = 0;
        var tries = 1;
        while (true)
        {
            if (OutboundUrl.Refuse(next, OutboundUrls.MaxMediaLength, out var address) is { } refusal)
                return RefuseUrl(hop, refusal);

            var visit = await host.VisitAsync(address!, hop, download, lifetime.Token, ct);
            if (visit.Result is { } result)
                return result;

            if (visit.Busy is { } busy)
            {
                var wait = visit.Wait + _maxJitter * Random.Shared.NextDouble();
                var left = (time < request.TimeLeft ? time : request.TimeLeft) - timeProvider.GetElapsedTime(started);
                if (tries > limits.MaxRetries || wait >= left)
                    return GiveUp(busy.Busy(visit.Wait, tries, left));

                tries++;
                LogWaiting(address!.Host, address.Port, hop, wait.TotalSeconds, tries);
                await Task.Delay(wait, timeProvider, ct);
                continue;
            }

            if (++hop > limits.MaxRedirects)
            {
                LogTooManyRedirects(address!.Host, limits.MaxRedirects);
                return GiveUp($"it redirects more than {limits.MaxRedirects} times");
            }

            next = visit.Location!;
        }
    }

    private FetchResult RefuseUrl(int hop, string refusal)
    {
        LogRefusedUrl(hop, refusal);
        return hop == 0 ? FetchResult.Unreachable : GiveUp($"it redirects to a URL that cannot be used: it {refusal}");
    }

    private static FetchResult GiveUp(string reason) => new(FetchOutcome.Unreachable, reason);
}
