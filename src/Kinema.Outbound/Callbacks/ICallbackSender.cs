namespace Kinema.Outbound;

/// <summary>Sends one callback through the guard; redirects are never followed.</summary>
public interface ICallbackSender
{
    /// <returns>The result; never throws because of the receiver.</returns>
    Task<CallbackReply> SendAsync(CallbackMessage message, CancellationToken ct);
}

/// <param name="Url">As the caller wrote it, and sent like that.</param>
public sealed record CallbackMessage(string Url, ReadOnlyMemory<byte> Body, IReadOnlyList<KeyValuePair<string, string>> Headers);

/// <param name="HttpStatusCode">HTTP status code of the response, or null without one (network error, forbidden address or timeout).</param>
/// <param name="ResponseBody">At most 1 KiB of text, only from a public address.</param>
/// <param name="TimedOut">No response headers in time.</param>
public sealed record CallbackReply(int? HttpStatusCode, string? ResponseBody, bool TimedOut, long ElapsedMs);
