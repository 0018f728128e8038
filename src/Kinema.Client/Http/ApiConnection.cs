using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

/// <summary>Sends calls with the key and within the timeout, and turns error answers into exceptions.</summary>
internal sealed class ApiConnection
{
    public const string IdempotencyHeader = "Idempotency-Key";

    private readonly HttpClient _http;
    private readonly KinemaClientOptions _options;
    private readonly Uri _root;
    private readonly TimeProvider _timeProvider;

    public ApiConnection(HttpClient http, KinemaClientOptions options, TimeProvider timeProvider)
    {
        (_http, _options, _timeProvider) = (http, options, timeProvider);
        if (options.FindProblem() is { } problem)
            throw new ArgumentException(problem, nameof(options));

        _root = ApiRoot.Of(options.BaseAddress ?? http.BaseAddress);
        if (http.Timeout != Timeout.InfiniteTimeSpan)
            LiftTimeout(http);
    }

    public async Task<T> SendAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendWholeAsync(call, cancellationToken).ConfigureAwait(false);
        await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken).ConfigureAwait(false);
        return await ErrorResponse.ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The answer as bytes; the caller disposes it.</returns>
    public async Task<HttpResponseMessage> SendWholeAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(call);
        request.Headers.Accept.Add(new("application/json"));
        request.Options.Set(RequestMarks.Whole, true);
        return await SendInTimeAsync(request, HttpCompletionOption.ResponseContentRead, call.Wait, cancellationToken).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(new(HttpMethod.Delete, path));
        request.Options.Set(RequestMarks.Whole, true);
        using var response = await SendInTimeAsync(request, HttpCompletionOption.ResponseContentRead, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);

        // After a lost answer the repetition finds nothing: the first one did it.
        if (response.StatusCode != HttpStatusCode.NotFound || !request.Has(RequestMarks.Repeated))
            await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens an event stream; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(string path, string? lastEventId, CancellationToken cancellationToken)
    {
        // Who reads the stream reconnects by itself.
        using var request = CreateRequest(ApiCall.Get(path) with { IsRepeatable = false });
        request.Headers.Accept.Add(new("text/event-stream"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return await SendInTimeAsync(request, HttpCompletionOption.ResponseHeadersRead, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The body of an answer as it arrives, each wait for more bounded.</summary>
    public async Task<Stream> ReadArrivingAsync(HttpResponseMessage response, TimeSpan silence, CancellationToken cancellationToken) =>
        new ArrivingStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), silence, _timeProvider);

    /// <summary>Gets a signed URL, without the key: its signature authorizes the request, and it may point to another host.</summary>
    public async Task DownloadAsync(Uri url, Stream destination, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Options.Set(RequestMarks.Repeatable, true);
        using var response = await SendInTimeAsync(request, HttpCompletionOption.ResponseHeadersRead, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken).ConfigureAwait(false);
        using var body = await ReadArrivingAsync(response, _options.Timeout, cancellationToken).ConfigureAwait(false);
        await body.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a file to a signed URL, without the key. It may take long, but not stand still.</summary>
    public async Task UploadAsync(Uri url, Stream source, string mimeType, long sizeBytes, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(_options.Timeout, _timeProvider, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Put, url);
        request.Content = new UploadContent(source, mimeType, sizeBytes, limit.Restart);
        request.Options.Set(RequestMarks.Repeatable, source.CanSeek);
        request.Options.Set(RequestMarks.Whole, true);
        using var response = await limit.HoldAsync(token => _http.SendAsync(request, token)).ConfigureAwait(false);
        await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage CreateRequest(ApiCall call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(_root, call.Path)) { Content = call.Body };
        request.Options.Set(RequestMarks.Repeatable, call.IsRepeatable);
        if (_options.ApiKey is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (call.IdempotencyKey is { } idempotencyKey)
            request.Headers.Add(IdempotencyHeader, idempotencyKey);
        if (call.Source is { } source)
            request.Headers.Add("Kinema-Source", source);
        if (call.Wait > TimeSpan.Zero)
            request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={(int)Math.Ceiling(call.Wait.TotalSeconds)}"));
        return request;
    }

    private async Task<HttpResponseMessage> SendInTimeAsync(
        HttpRequestMessage request, HttpCompletionOption completion, TimeSpan wait, CancellationToken cancellationToken)
    {
        var timeout = _options.Timeout == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : _options.Timeout + wait;
        using var limit = new TimeLimit(timeout, _timeProvider, cancellationToken);
        return await limit.HoldAsync(token => _http.SendAsync(request, completion, token)).ConfigureAwait(false);
    }

    // HttpClient.Timeout cuts every request, also an upload or an event stream that goes well.
    private static void LiftTimeout(HttpClient http)
    {
        try
        {
            http.Timeout = Timeout.InfiniteTimeSpan;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException(
                "This HttpClient has sent requests already, so its Timeout, which would cut uploads and event streams, cannot be lifted. Give KinemaClient an HttpClient of its own, or one whose Timeout is infinite.", e);
        }
    }
}
