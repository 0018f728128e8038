using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    private static readonly TimeSpan _reconnectDelay = TimeSpan.FromSeconds(1);

    /// <summary>The run's history from its beginning (or after <paramref name="lastEventId"/>), then what happens next, until the run has ended.</summary>
    /// <param name="id">The run.</param>
    /// <param name="lastEventId">The last event already seen.</param>
    /// <param name="ct">Ends the reading, not the run.</param>
    public async IAsyncEnumerable<RunEvent> WatchAsync(Guid id, string? lastEventId = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        while (true)
        {
            var (came, ended) = (false, false);
            await foreach (var item in ReadUntilItBreaksAsync(id, lastEventId, ct))
            {
                lastEventId = item.Id;
                came = true;
                ended |= item.IsTerminal;
                yield return item;
            }

            // Without an end the connection broke while the run goes on: a restarted server, or a proxy that lost patience.
            if (ended || (!came && (await GetRunWhenBackAsync(id, ct)).IsTerminal))
                yield break;
            await Task.Delay(_reconnectDelay, _clock, ct);
        }
    }

    /// <summary>The run once it has ended, however it ended.</summary>
    /// <param name="id">The run.</param>
    /// <param name="onEvent">Called with each event on the way; may be null.</param>
    /// <param name="ct">Ends the waiting, not the run.</param>
    public async Task<Run> WaitAsync(Guid id, Action<RunEvent>? onEvent = null, CancellationToken ct = default)
    {
        await foreach (var item in WatchAsync(id, null, ct))
            onEvent?.Invoke(item);
        return await GetRunAsync(id, ct);
    }

    private async Task<Run> GetRunWhenBackAsync(Guid id, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GetRunAsync(id, ct);
            }
            catch (Exception e) when (attempt < 30 && IsPassing(e))
            {
                await Task.Delay(_reconnectDelay, _clock, ct);
            }
        }
    }

    private async IAsyncEnumerable<RunEvent> ReadUntilItBreaksAsync(Guid id, string? lastEventId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var request = WithKey(HttpMethod.Get, $"v1/runs/{id}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);

        using var response = await SendOrNullAsync(request, ct);
        if (response is null)
            yield break;

        await using var body = await response.Content.ReadAsStreamAsync(ct);
        await using var events = SseParser.Create(body).EnumerateAsync(ct).GetAsyncEnumerator(ct);
        while (await NextAsync(events))
        {
            if (events.Current is { Data.Length: > 0 } item)
                yield return RunEvent.Of(item.EventId, item.EventType, item.Data);
        }
    }

    private async Task<HttpResponseMessage?> SendOrNullAsync(HttpRequestMessage request, CancellationToken ct)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            await ErrorAnswer.ThrowIfErrorAsync(response, ct);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            if (IsPassing(e))
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

    private static bool IsPassing(Exception e) =>
        e is HttpRequestException or IOException or KinemaException { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests };
}
