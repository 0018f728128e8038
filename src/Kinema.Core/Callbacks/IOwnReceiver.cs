namespace Kinema.Core.Callbacks;

/// <summary>
/// A receiver of callbacks inside the server, at which an organisation looks at what its own receivers get. It is reached by a call and never by a connection, so
/// that the outbound guard needs no exception for it.
/// </summary>
public interface IOwnReceiver
{
    /// <summary>The URL that stands for it as an organisation's <c>callback_url</c>.</summary>
    string UrlOf(Guid orgId);

    /// <summary>Whether the URL is exactly that of the same organisation; any other one is the guard's.</summary>
    bool Is(Guid orgId, string url);

    /// <summary>Takes a callback as a receiver would take the request.</summary>
    Task<OwnReceiverAnswer> ReceiveAsync(Guid orgId, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken ct);
}

/// <param name="StatusCode">HTTP status.</param>
/// <param name="Body">Text of at most 1 KiB: what arrived, and whether it was genuine.</param>
public sealed record OwnReceiverAnswer(int StatusCode, string Body);

/// <summary>There is no such receiver: for programs without pages.</summary>
public sealed class NoOwnReceiver : IOwnReceiver
{
    public string UrlOf(Guid orgId) => "";

    public bool Is(Guid orgId, string url) => false;

    public Task<OwnReceiverAnswer> ReceiveAsync(Guid orgId, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken ct) =>
        throw new InvalidOperationException("There is no receiver in this program.");
}
