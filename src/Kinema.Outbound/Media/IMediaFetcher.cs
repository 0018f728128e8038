namespace Kinema.Outbound;

/// <summary>Downloads a caller's media through the guard.</summary>
public interface IMediaFetcher
{
    /// <summary>Copies the body to <paramref name="destination"/>. Follows a limited number of redirects and checks each one.</summary>
    Task<FetchResult> FetchAsync(Uri url, long maxBytes, Stream destination, CancellationToken ct);
}

/// <summary>Result of a download. For a forbidden address a caller gets only "unreachable"; the operator's log has the reason.</summary>
public enum FetchResult
{
    Fetched,

    /// <summary>No connection, no name, a forbidden address, an error status, a broken or too slow body.</summary>
    Unreachable,

    TooLarge,
}
