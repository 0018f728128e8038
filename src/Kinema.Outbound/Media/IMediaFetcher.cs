namespace Kinema.Outbound;

/// <summary>Downloads a caller's media through the guard.</summary>
public interface IMediaFetcher
{
    /// <summary>Copies the body to <paramref name="destination"/>. Redirects are followed a few times, each judged anew.</summary>
    Task<FetchResult> FetchAsync(Uri url, long maxBytes, Stream destination, CancellationToken ct);
}

/// <summary>What a download met. Callers learn only "unreachable" for a forbidden address; the operator's log learns the reason.</summary>
public enum FetchResult
{
    Fetched,

    /// <summary>No connection, no name, a forbidden address, an error status, a broken or too slow body.</summary>
    Unreachable,

    TooLarge,
}
