namespace Kinema.Outbound;

/// <summary>Downloads a caller's media through the guard.</summary>
public interface IMediaFetcher
{
    /// <summary>
    /// Copies the body to <paramref name="destination"/>. Follows a limited number of redirects and checks each one. Tries again when the host asks for it
    /// with <c>Retry-After</c> and the wait fits into the time that is left.
    /// </summary>
    Task<FetchResult> FetchAsync(MediaRequest request, Stream destination, CancellationToken ct);
}
