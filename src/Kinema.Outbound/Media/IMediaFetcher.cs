namespace Kinema.Outbound;

/// <summary>Downloads a caller's media through the guard.</summary>
public interface IMediaFetcher
{
    /// <summary>
    /// Copies the body to <paramref name="destination"/>. Follows a limited number of redirects and checks each one. Tries again when the host asks for it
    /// with <c>Retry-After</c> and the wait fits into the time of the fetch.
    /// </summary>
    /// <param name="url">As the caller wrote it; its path and query are sent like that.</param>
    /// <param name="maxBytes">A longer body is too large.</param>
    /// <param name="destination">Gets the body; nothing is written before the body that counts.</param>
    /// <param name="ct">Ends the download with an exception.</param>
    Task<FetchResult> FetchAsync(string url, long maxBytes, Stream destination, CancellationToken ct);
}
