using System.Net;
using Kinema.Outbound.Connections;
using Kinema.Outbound.Urls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Media;

/// <summary>Sends one request to a media host, over its own connection, and judges the answer.</summary>
internal sealed partial class MediaHost(GuardedHandlers handlers, IOptions<OutboundOptions> options, TimeProvider timeProvider, ILogger<MediaFetcher> log)
{
    /// <param name="url">Checked.</param>
    /// <param name="hop">Redirects before this request.</param>
    /// <param name="download">Where the body goes.</param>
    /// <param name="lifetime">Ends the fetch with a result.</param>
    /// <param name="ct">Ends the fetch with an exception.</param>
    public async Task<HostVisit> VisitAsync(OutboundUrl url, int hop, Download download, CancellationToken lifetime, CancellationToken ct)
    {
        using var exchange = handlers.Open(OutboundPurpose.Media, lifetime);
        using var request = new HttpRequestMessage(HttpMethod.Get, url.Address);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", OutboundAgent.Name);

        using var response = await AskAsync(exchange, request, url, hop, lifetime, ct);
        if (response is null)
            return HostVisit.Ended(FetchResult.Unreachable);

        var answer = HostAnswer.Of(response);
        if (IsRedirect(response.StatusCode))
            return FollowRedirect(response, answer, url, hop);

        if (response.StatusCode != HttpStatusCode.OK)
        {
            LogStatus(url.Host, url.Port, hop, answer.Status);
            return RetryAfter.Of(response, timeProvider) is { } wait ? HostVisit.AskedToWait(answer, wait) : HostVisit.Refused(answer.Refusal);
        }

        if (ContentCodings.Of(response) is { Count: > 0 } codings)
        {
            LogEncoded(url.Host, url.Port, hop, string.Join(", ", codings));
            return HostVisit.Refused(answer.Encoded(codings));
        }

        if (answer.Length > download.MaxBytes)
        {
            LogTooLarge(url.Host, url.Port, hop, download.MaxBytes);
            return HostVisit.Ended(new FetchResult(FetchOutcome.TooLarge, $"{answer}"));
        }

        return HostVisit.Ended(await CopyAsync(exchange, response, answer, url, hop, download, lifetime, ct));
    }

    /// <returns>Null without a response.</returns>
    private async Task<HttpResponseMessage?> AskAsync(
        GuardedExchange exchange, HttpRequestMessage request, OutboundUrl url, int hop, CancellationToken lifetime, CancellationToken ct)
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
            LogNoAnswer(url.Host, url.Port, hop, exchange.Explain(error));
            return null;
        }
    }

    private async Task<FetchResult> CopyAsync(
        GuardedExchange exchange,
        HttpResponseMessage response,
        HostAnswer answer,
        OutboundUrl url,
        int hop,
        Download download,
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
                LogBrokenBody(url.Host, url.Port, hop, received, exchange.Explain(error));
                return new FetchResult(FetchOutcome.Unreachable, answer.BrokeOff(received));
            }

            if (count == 0)
                return FetchResult.Fetched;

            received += count;
            if (received > download.MaxBytes)
            {
                LogTooLarge(url.Host, url.Port, hop, download.MaxBytes);
                return FetchResult.TooLarge;
            }

            // Outside the catch: a full local disk is not a fault of the URL.
            await download.Destination.WriteAsync(buffer.AsMemory(0, count), ct);
        }
    }

    private HostVisit FollowRedirect(HttpResponseMessage response, HostAnswer answer, OutboundUrl url, int hop)
    {
        // The raw text, so that the strict parser sees what the server wrote.
        if (response.Headers.NonValidated.TryGetValues("Location", out var values) && values.Count == 1
            && RedirectLocation.Resolve(url, values.ToString()) is { } next)
        {
            return HostVisit.Redirected(next);
        }

        LogBadRedirect(url.Host, url.Port, hop);
        return HostVisit.Refused(answer.Redirect("without one usable Location"));
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;
}
