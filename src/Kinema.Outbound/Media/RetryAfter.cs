using System.Net;

namespace Kinema.Outbound.Media;

/// <summary>Reads the wait that a busy host asks for (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <returns>Null unless the status is 429 or 503 with a readable <c>Retry-After</c>: no other status asks for the same request again.</returns>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider timeProvider)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            return null;

        return response.Headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            // By the host's own clock where it tells it, since that is the clock the date was made with.
            { Date: { } date } => NotNegative(date - (response.Headers.Date ?? timeProvider.GetUtcNow())),
            _ => null,
        };
    }

    private static TimeSpan NotNegative(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
}
