using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    private static readonly TimeSpan _reconnectDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Streams the run's events from the first one (or after <paramref name="lastEventId"/>) until the run ends. Reconnects if the connection breaks.
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
            await foreach (var item in ReadUntilDisconnectedAsync(id, lastEventId, cancellationToken))
            {
                lastEventId = item.Id;
                received = true;
                ended |= item.IsTerminal;
                yield return item;
            }

            // No terminal event: the connection broke while the run continues, for example after a server restart or a proxy timeout.
            if (ended || (!received && (await GetRunWithRetryAsync(id, cancellationToken)).IsTerminal))
                yield break;
            await Task.Delay(_reconnectDelay, _timeProvider, cancellationToken);
        }
    }

    /// <summary>Waits for the run to end and returns its final record, whatever the outcome.</summary>
    /// <param name="id">Run id.</param>
    /// <param name="onEvent">Called for each event; may be null.</param>
    /// <param name="cancellationToken">Stops waiting; the run continues.</param>
    public async Task<Run> WaitAsync(Guid id, Action<RunEvent>? onEvent = null, CancellationToken cancellationToken = default)
    {
        await foreach (var item in WatchAsync(id, null, cancellationToken))
            onEvent?.Invoke(item);
        return await GetRunAsync(id, cancellationToken);
    }

    private async Task<Run> GetRunWithRetryAsync(Guid id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GetRunAsync(id, cancellationToken);
            }
            catch (Exception e) when (attempt < 30 && IsTransient(e))
            {
                await Task.Delay(_reconnectDelay, _timeProvider, cancellationToken);
            }
        }
    }

    private async IAsyncEnumerable<RunEvent> ReadUntilDisconnectedAsync(
        Guid id, string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = CreateRequest(HttpMethod.Get, $"v1/runs/{id}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);

        using var response = await SendOrNullAsync(request, cancellationToken);
        if (response is null)
            yield break;

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(events))
        {
            if (events.Current is { Data.Length: > 0 } item)
                yield return RunEvent.Parse(item.EventId, item.EventType, item.Data);
        }
    }

    private async Task<HttpResponseMessage?> SendOrNullAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            if (IsTransient(e))
                return null;
            throw;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private static bool IsTransient(Exception e) =>
        e is HttpRequestException or IOException or KinemaException { HttpStatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests };
}
