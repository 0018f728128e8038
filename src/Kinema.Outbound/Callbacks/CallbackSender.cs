using Kinema.Outbound.Connections;
using Kinema.Outbound.Urls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Callbacks;

/// <summary>Posts one callback and waits only for the response headers.</summary>
internal sealed partial class CallbackSender(
    GuardedHandlers handlers, IOptions<OutboundOptions> options, TimeProvider timeProvider, ILogger<CallbackSender> log) : ICallbackSender
{
    public async Task<CallbackReply> SendAsync(CallbackMessage message, CancellationToken ct)
    {
        if (OutboundUrl.Refuse(message.Url, OutboundUrls.MaxCallbackLength, out var url) is { } refusal)
        {
            LogRefusedUrl(refusal);
            return new CallbackReply(null, null, TimedOut: false, 0);
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.Callbacks.ResponseTimeoutSeconds), timeProvider);
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        using var exchange = handlers.Open(OutboundPurpose.Callbacks, lifetime.Token);
        using var request = MakeRequest(message, url!.Address);

        var started = timeProvider.GetTimestamp();
        try
        {
            using var response = await exchange.SendAsync(request, lifetime.Token);
            var elapsed = ElapsedMs(started);
            var body = exchange.Dial.IsPublic ? await ResponseExcerpt.ReadAsync(response, timeProvider, ct) : null;
            return new CallbackReply((int)response.StatusCode, body, TimedOut: false, elapsed);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            // Any exception that a remote server causes is a network error.
            LogNoAnswer(url!.Host, url.Port, exchange.Explain(error));
            return new CallbackReply(null, null, TimedOut: timeout.IsCancellationRequested, ElapsedMs(started));
        }
    }

    private static HttpRequestMessage MakeRequest(CallbackMessage message, Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(message.Body) };
        request.Headers.TryAddWithoutValidation("User-Agent", OutboundAgent.Name);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        foreach (var (name, value) in message.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private long ElapsedMs(long started) => (long)timeProvider.GetElapsedTime(started).TotalMilliseconds;
}
