using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

/// <summary>Client of a server that implements the Runflow contract: runs, files, models, callbacks.</summary>
/// <remarks>
/// Every call throws <see cref="KinemaException"/> for an error answer, <see cref="HttpRequestException"/> if there is none, and
/// <see cref="TaskCanceledException"/> with a <see cref="TimeoutException"/> inside if there is none within <see cref="KinemaClientOptions.Timeout"/>. Missing
/// arguments are <see cref="ArgumentNullException"/> before anything is sent. Every POST, but that for a secret, carries an <c>Idempotency-Key</c>; calls are repeated
/// only by clients of <see cref="Microsoft.Extensions.DependencyInjection.KinemaClientServiceCollectionExtensions.AddKinemaClient"/>. The client is safe for use by
/// several threads.
/// </remarks>
public sealed partial class KinemaClient
{
    private readonly ApiConnection _api;
    private readonly TimeProvider _timeProvider;
    private readonly string? _source;

    /// <summary>Creates a client without dependency injection.</summary>
    /// <example><code>
    /// using var http = new HttpClient();
    /// var kinema = new KinemaClient(http, new() { BaseAddress = new Uri("http://127.0.0.1:8080"), ApiKey = key });
    /// </code></example>
    /// <param name="http">
    /// HTTP client for this client alone; the caller disposes it. Its <see cref="HttpClient.Timeout"/> becomes infinite, because it would cut uploads and event
    /// streams; <see cref="KinemaClientOptions.Timeout"/> takes its place. Its default headers go to every host, also to those of signed URLs: no key belongs there.
    /// </param>
    /// <param name="options">Address, key and timeout.</param>
    /// <param name="timeProvider">Clock for delays and timeouts; the system clock by default.</param>
    /// <exception cref="ArgumentException">An option is wrong, or no address is given.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="http"/> has sent requests already and has a finite timeout.</exception>
    public KinemaClient(HttpClient http, KinemaClientOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _timeProvider = timeProvider ?? TimeProvider.System;
        _api = new ApiConnection(http, options, _timeProvider);
        _source = options.Source;
    }

    private PagedList<T> List<T>(string path, ListOptions? options, JsonTypeInfo<Page<T>> type) =>
        new((cursor, cancellationToken) => _api.SendAsync(ApiCall.Get(path + (options ?? new()).ToQuery(cursor)), type, cancellationToken), options?.Cursor);
}
