namespace Kinema.Outbound;

/// <summary>Sends one callback through the guard; redirects are never followed.</summary>
public interface ICallbackSender
{
    /// <returns>What came of it; never throws for what the receiver does.</returns>
    Task<CallbackReply> SendAsync(CallbackMessage message, CancellationToken ct);
}

public sealed record CallbackMessage(Uri Url, ReadOnlyMemory<byte> Body, IReadOnlyList<KeyValuePair<string, string>> Headers);

/// <param name="HttpStatusCode">The answer's status, or null when none came (network error, forbidden address or time-out).</param>
/// <param name="ResponseBody">At most 1 KiB of text, only from a public address.</param>
/// <param name="TimedOut">No response headers in time.</param>
public sealed record CallbackReply(int? HttpStatusCode, string? ResponseBody, bool TimedOut, long ElapsedMs);
