using System.Net;
using Kinema.Outbound.Connections;
using Kinema.Outbound.Urls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Media;

/// <summary>Downloads a caller's media URL. Every redirect is a new exchange with the same checks as the first.</summary>
internal sealed partial class MediaFetcher(
    GuardedHandlers handlers, IOptions<OutboundOptions> options, TimeProvider timeProvider, ILogger<MediaFetcher> log) : IMediaFetcher
{
    public async Task<FetchResult> FetchAsync(Uri url, long maxBytes, Stream destination, CancellationToken ct)
    {
        var limits = options.Value.Media;
        using var total = new CancellationTokenSource(TimeSpan.FromSeconds(limits.TotalTimeoutSeconds), timeProvider);
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(ct, total.Token);

        var next = url.OriginalString;
        for (var hop = 0; hop <= limits.MaxRedirects; hop++)
        {
            if (OutboundUrl.Refuse(next, OutboundUrls.MaxMediaLength, out var address) is { } refusal)
            {
                LogRefusedUrl(hop, refusal);
                return FetchResult.Unreachable;
            }

            var reply = await VisitAsync(address!, hop, maxBytes, destination, lifetime.Token, ct);
            if (reply.Result is { } result)
                return result;
            next = reply.Location!;
        }

        LogTooManyRedirects(url.IdnHost, limits.MaxRedirects);
        return FetchResult.Unreachable;
    }

    private async Task<Visit> VisitAsync(Uri url, int hop, long maxBytes, Stream destination, CancellationToken lifetime, CancellationToken ct)
    {
        using var exchange = handlers.Open(OutboundPurpose.Media, lifetime);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", OutboundAgent.Name);

        using var response = await AskAsync(exchange, request, hop, lifetime, ct);
        if (response is null)
            return Visit.Ended(FetchResult.Unreachable);

        if (IsRedirect(response.StatusCode))
            return FollowRedirect(response, url, hop);

        if (response.StatusCode != HttpStatusCode.OK)
        {
            LogStatus(url.IdnHost, url.Port, hop, (int)response.StatusCode);
            return Visit.Ended(FetchResult.Unreachable);
        }

        // An unrequested encoding hides the decoded size of the body.
        if (response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            LogEncoded(url.IdnHost, url.Port, hop);
            return Visit.Ended(FetchResult.Unreachable);
        }

        if (response.Content.Headers.ContentLength > maxBytes)
        {
            LogTooLarge(url.IdnHost, url.Port, hop, maxBytes);
            return Visit.Ended(FetchResult.TooLarge);
        }

        return Visit.Ended(await CopyAsync(exchange, response, url, hop, maxBytes, destination, lifetime, ct));
    }

    /// <returns>Null without a response.</returns>
    private async Task<HttpResponseMessage?> AskAsync(
        GuardedExchange exchange, HttpRequestMessage request, int hop, CancellationToken lifetime, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.Media.ResponseTimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime, timeout.Token);
        try
        {
            return await exchange.SendAsync(request, either.Token);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            // Any exception that a remote server causes gives the same result.
            LogNoAnswer(request.RequestUri!.IdnHost, request.RequestUri.Port, hop, exchange.Explain(error));
            return null;
        }
    }

    private async Task<FetchResult> CopyAsync(
        GuardedExchange exchange,
        HttpResponseMessage response,
        Uri url,
        int hop,
        long maxBytes,
        Stream destination,
        CancellationToken lifetime,
        CancellationToken ct)
    {
        using var rateReader = new MinimumRateReader(options.Value.Media.MinBytesPerSecond, timeProvider, lifetime);
        var buffer = new byte[64 * 1024];
        long received = 0;
        while (true)
        {
            int count;
            try
            {
                var body = await response.Content.ReadAsStreamAsync(lifetime);
                count = await rateReader.ReadAsync(body, buffer);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                LogBrokenBody(url.IdnHost, url.Port, hop, received, exchange.Explain(error));
                return FetchResult.Unreachable;
            }

            if (count == 0)
                return FetchResult.Fetched;

            received += count;
            if (received > maxBytes)
            {
                LogTooLarge(url.IdnHost, url.Port, hop, maxBytes);
                return FetchResult.TooLarge;
            }

            // Outside the catch: a full local disk is not a fault of the URL.
            await destination.WriteAsync(buffer.AsMemory(0, count), ct);
        }
    }

    private Visit FollowRedirect(HttpResponseMessage response, Uri url, int hop)
    {
        // Use the raw text, so that the strict parser sees what the server wrote.
        if (response.Headers.NonValidated.TryGetValues("Location", out var values) && values.Count == 1)
        {
            var location = values.ToString();
            if (!location.Contains('\\', StringComparison.Ordinal) && Uri.TryCreate(url, location, out var target))
                return Visit.Redirected(location.Contains("://", StringComparison.Ordinal) && target.OriginalString == location ? location : target.AbsoluteUri);
        }

        LogBadRedirect(url.IdnHost, url.Port, hop);
        return Visit.Ended(FetchResult.Unreachable);
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private readonly record struct Visit(FetchResult? Result, string? Location)
    {
        public static Visit Ended(FetchResult result) => new(result, null);

        public static Visit Redirected(string location) => new(null, location);
    }
}
