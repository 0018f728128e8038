using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    private static readonly TimeSpan _reconnectDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _cancellationTime = TimeSpan.FromSeconds(5);

    // A server writes a comment every 15 seconds where nothing happens: a minute of silence is a connection that nobody closed.
    private static readonly TimeSpan _silence = TimeSpan.FromMinutes(1);

    /// <summary>Creates a run of an image-to-video model, waits for its end and returns its final record, whatever the outcome.</summary>
    /// <example><code>
    /// var run = await kinema.RunAsync(model, input, progress: new Progress&lt;RunEvent>(e => Console.WriteLine(e.Progress)), cancellationToken: ct);
    /// await kinema.DownloadAsync(run.EnsureSucceeded(), "video.mp4", ct);
    /// </code></example>
    /// <param name="model">Model path.</param>
    /// <param name="input">Input of the model.</param>
    /// <param name="options">Callback, metadata, reference and idempotency; null for none of them.</param>
    /// <param name="progress">Told of each event of the run; null for none.</param>
    /// <param name="cancellationToken">
    /// Cancels the run on the server, too; the client waits at most 5 seconds for that. Canceled while the create is under way, the run may be created and continue.
    /// </param>
    /// <remarks>
    /// Nothing but <paramref name="cancellationToken"/> ends the run: if the server cannot be reached for half a minute, this call fails and the run continues. Find it
    /// by <see cref="RunOptions.ClientRef"/>, or keep the id that <see cref="CreateRunAsync(string, ImageToVideoInput, RunOptions?, CancellationToken)"/> returns and wait
    /// with <see cref="WaitAsync"/>.
    /// </remarks>
    public Task<Run> RunAsync(
        string model, ImageToVideoInput input, RunOptions? options = null, IProgress<RunEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return RunAsync(model, input.ToJson(), options, progress, cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(string, ImageToVideoInput, RunOptions?, IProgress{RunEvent}?, CancellationToken)"/>
    public async Task<Run> RunAsync(
        string model, JsonObject input, RunOptions? options = null, IProgress<RunEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        var created = await CreateRunAsync(model, input, options, cancellationToken).ConfigureAwait(false);
        try
        {
            return await WaitAsync(created.Id, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelQuietlyAsync(created.Id).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Streams the run's events from the first one (or after <paramref name="lastEventId"/>) until the run ends. Reconnects if the connection breaks or is silent for
    /// a minute, without missing or repeating an event.
    /// </summary>
    /// <param name="id">Run id.</param>
    /// <param name="lastEventId">Id of the last event already seen.</param>
    /// <param name="cancellationToken">Stops the stream; the run continues.</param>
    public async IAsyncEnumerable<RunEvent> WatchAsync(
        Guid id, string? lastEventId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var (received, ended) = (false, false);
            await foreach (var item in ReadUntilDisconnectedAsync(id, lastEventId, cancellationToken).ConfigureAwait(false))
            {
                lastEventId = item.Id ?? lastEventId;
                received = true;
                ended |= item.IsTerminal;
                yield return item;
            }

            // No terminal event: the connection broke while the run continues, for example after a server restart or a proxy timeout.
            if (ended || (!received && (await GetRunWithRetryAsync(id, cancellationToken).ConfigureAwait(false)).IsTerminal))
                yield break;
            await Task.Delay(_reconnectDelay, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the run to end and returns its final record, whatever the outcome.</summary>
    /// <param name="id">Run id.</param>
    /// <param name="progress">Told of each event of the run, from the first one on; null for none.</param>
    /// <param name="cancellationToken">Stops waiting; the run continues.</param>
    public async Task<Run> WaitAsync(Guid id, IProgress<RunEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        await foreach (var item in WatchAsync(id, null, cancellationToken).ConfigureAwait(false))
            progress?.Report(item);
        return await GetRunWithRetryAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets the latest preview of a run under way; null if it has none (yet) or has ended.</summary>
    public async Task<RunPreview?> GetPreviewAsync(Guid id, CancellationToken cancellationToken = default)
    {
        using var response = await _api.SendWholeAsync(ApiCall.Get($"v1/runs/{id}/preview"), cancellationToken).ConfigureAwait(false);
        try
        {
            await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (KinemaException e) when (e.Code == "NOT_FOUND")
        {
            return null;
        }

        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new() { Content = content, ContentType = response.Content.Headers.ContentType?.MediaType };
    }

    // The caller wants to leave: a server that does not answer must not hold it, and its error would hide the cancellation.
    private async Task CancelQuietlyAsync(Guid id)
    {
        using var time = new CancellationTokenSource(_cancellationTime, _timeProvider);
        try
        {
            await CancelRunAsync(id, "canceled by the caller", time.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is KinemaException or HttpRequestException or OperationCanceledException)
        {
        }
    }

    private async Task<Run> GetRunWithRetryAsync(Guid id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < 30 && IsTransient(e))
            {
                await Task.Delay(_reconnectDelay, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async IAsyncEnumerable<RunEvent> ReadUntilDisconnectedAsync(
        Guid id, string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await OpenEventsOrNullAsync(id, lastEventId, cancellationToken).ConfigureAwait(false);
        if (response is null)
            yield break;

        using var body = await _api.ReadArrivingAsync(response, _silence, cancellationToken).ConfigureAwait(false);
        var events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = events.ConfigureAwait(false);
        while (await NextAsync(events).ConfigureAwait(false))
        {
            if (events.Current is { Data.Length: > 0 } item)
                yield return RunEvent.Parse(item.EventId, item.EventType, item.Data);
        }
    }

    private async Task<HttpResponseMessage?> OpenEventsOrNullAsync(Guid id, string? lastEventId, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await _api.OpenStreamAsync($"v1/runs/{id}/events", lastEventId, cancellationToken).ConfigureAwait(false);
            await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            if (IsTransient(e) || IsTimeout(e))
                return null;
            throw;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException || IsTimeout(e))
        {
            return false;
        }
    }

    private static bool IsTransient(Exception e) =>
        e is HttpRequestException or IOException or KinemaException { HttpStatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests };

    private static bool IsTimeout(Exception e) => e is TaskCanceledException { InnerException: TimeoutException };
}
